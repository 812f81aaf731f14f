using System.Globalization;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>Turns the placeholders <c>$</c>, <c>$[]</c> and <c>$[identifier]</c> of a path into array indexes.</summary>
internal sealed class ArrayFilters
{
    private static readonly ArrayFilters None = new([]);

    private readonly Dictionary<string, Func<BsonValue, bool>> _filters;

    private ArrayFilters(Dictionary<string, Func<BsonValue, bool>> filters) => _filters = filters;

    /// <summary>Parses the <c>arrayFilters</c> field.</summary>
    /// <param name="filters">One document an identifier; null when there are none.</param>
    /// <returns>The filters by identifier.</returns>
    /// <exception cref="CommandException">A filter names no or more than one identifier, or one twice.</exception>
    public static ArrayFilters Parse(BsonArray? filters)
    {
        if (filters is null || filters.Count == 0)
        {
            return None;
        }

        var parsed = new Dictionary<string, Func<BsonValue, bool>>(StringComparer.Ordinal);
        foreach (var filter in filters)
        {
            var document = filter as BsonDocument ?? throw new CommandException(
                ErrorCode.TypeMismatch,
                $"BSON field 'arrayFilters' is the wrong type '{TypeNames.Of(filter)}', expected type 'object'");
            var identifiers = Identifiers(document).Distinct(StringComparer.Ordinal).ToArray();
            if (identifiers.Length != 1)
            {
                throw new CommandException(
                    ErrorCode.FailedToParse,
                    identifiers.Length == 0
                        ? "Cannot use an expression without a top-level field name in arrayFilters"
                        : $"Error parsing array filter :: caused by :: Expected a single top-level field name, found '{identifiers[0]}' and '{identifiers[1]}'");
            }

            if (!parsed.TryAdd(identifiers[0], ElementFilter.CompileNamed(document)))
            {
                throw new CommandException(
                    ErrorCode.FailedToParse,
                    $"Found multiple array filters with the same top-level field name {identifiers[0]}");
            }
        }

        return new ArrayFilters(parsed);
    }

    /// <summary>Rejects filters that no path uses, and paths whose filter is missing.</summary>
    /// <param name="paths">The paths of all operators.</param>
    /// <exception cref="CommandException">A filter or an identifier has no counterpart.</exception>
    public void RejectUnused(IEnumerable<string[]> paths)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            foreach (var part in path.Where(part => UpdatePath.IsPlaceholder(part) && part.Length > 3))
            {
                used.Add(part[2..^1]);
                if (!_filters.ContainsKey(part[2..^1]))
                {
                    throw new CommandException(
                        ErrorCode.BadValue,
                        $"No array filter found for identifier '{part[2..^1]}' in path '{string.Join('.', path)}'");
                }
            }
        }

        var unused = _filters.Keys.FirstOrDefault(identifier => !used.Contains(identifier));
        if (unused is not null)
        {
            throw new CommandException(
                ErrorCode.FailedToParse,
                $"The array filter for identifier '{unused}' was not used in the update");
        }
    }

    /// <summary>The paths without placeholders that a path stands for in a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="path">The parts of the path.</param>
    /// <param name="context">Knows the index that the filter matched.</param>
    /// <returns>The paths; the path itself when it has no placeholder.</returns>
    public IEnumerable<string[]> Expand(BsonDocument document, string[] path, UpdateContext context)
    {
        var position = Array.FindIndex(path, UpdatePath.IsPlaceholder);
        if (position < 0)
        {
            return [path];
        }

        if (path[position] == "$")
        {
            var index = context.MatchedIndex ?? throw new CommandException(
                ErrorCode.BadValue,
                "The positional operator did not find the match needed from the query.");
            return Expand(document, Replace(path, position, index), context);
        }

        return Elements(document, path, position)
            .SelectMany(index => Expand(document, Replace(path, position, index), context))
            .ToArray();
    }

    private static string[] Replace(string[] path, int position, string index)
    {
        var result = (string[])path.Clone();
        result[position] = index;
        return result;
    }

    private static IEnumerable<string> Identifiers(BsonDocument filter)
    {
        foreach (var element in filter)
        {
            if (element.Name is "$and" or "$or" or "$nor" && element.Value is BsonArray branches)
            {
                foreach (var identifier in branches.OfType<BsonDocument>().SelectMany(Identifiers))
                {
                    yield return identifier;
                }
            }
            else
            {
                yield return element.Name.Split('.')[0];
            }
        }
    }

    private IEnumerable<string> Elements(BsonDocument document, string[] path, int position)
    {
        var target = PathEditor.Get(document, path.AsSpan(0, position));
        if (target is not BsonArray array)
        {
            var parent = string.Join('.', path, 0, position);
            throw new CommandException(
                ErrorCode.BadValue,
                target is null
                    ? $"The path '{parent}' must exist in the document in order to apply array updates."
                    : $"Cannot apply array updates to non-array element {path[position - 1]}: {TypeNames.Show(target)}");
        }

        var matches = path[position] == "$[]" ? null : _filters[path[position][2..^1]];
        for (var i = 0; i < array.Count; i++)
        {
            if (matches is null || matches(array[i]))
            {
                yield return i.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
