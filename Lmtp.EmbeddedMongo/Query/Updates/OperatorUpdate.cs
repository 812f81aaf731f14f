using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>An update made of operators such as <c>$set</c>.</summary>
internal sealed class OperatorUpdate : DocumentUpdate
{
    private readonly PathUpdate[] _updates;
    private readonly ArrayFilters _arrayFilters;

    private OperatorUpdate(PathUpdate[] updates, ArrayFilters arrayFilters)
    {
        _updates = updates;
        _arrayFilters = arrayFilters;
    }

    /// <summary>Parses the operators.</summary>
    /// <param name="document">The update document; its first field is an operator.</param>
    /// <param name="arrayFilters">The <c>arrayFilters</c> field; null when there is none.</param>
    /// <returns>The update.</returns>
    /// <exception cref="CommandException">An operator is unknown, misused, or two of them conflict.</exception>
    public static OperatorUpdate Parse(BsonDocument document, BsonArray? arrayFilters)
    {
        var updates = new List<PathUpdate>();
        foreach (var operation in document)
        {
            foreach (var field in UpdateOperators.Fields(operation))
            {
                var path = UpdatePath.Parse(field.Name);
                updates.Add(new PathUpdate(path, UpdateOperators.Create(operation.Name, field)));
            }
        }

        UpdateConflicts.Reject(updates);
        var filters = ArrayFilters.Parse(arrayFilters);
        filters.RejectUnused(updates.Select(update => update.Path));
        updates.Sort(static (x, y) => UpdatePath.Compare(x.Path, y.Path));
        return new OperatorUpdate([.. updates], filters);
    }

    /// <inheritdoc />
    protected override BsonDocument Transform(BsonDocument document, UpdateContext context)
    {
        foreach (var update in _updates)
        {
            if (update.Operator.OnlyOnInsert && !context.IsInsert)
            {
                continue;
            }

            foreach (var path in _arrayFilters.Expand(document, update.Path, context))
            {
                Apply(document, path, update.Operator, context);
            }
        }

        return document;
    }

    private static void Apply(BsonDocument document, string[] path, FieldOperator operation, UpdateContext context)
    {
        switch (operation)
        {
            case UnsetOperator:
                PathEditor.Unset(document, path);
                return;
            case RenameOperator rename:
                Rename(document, path, rename);
                return;
        }

        var current = PathEditor.Get(document, path);
        if (current is null && !operation.CreatesField)
        {
            return;
        }

        var value = operation.Compute(current, new FieldPosition(document, string.Join('.', path), context));
        if (value is not null)
        {
            PathEditor.Set(document, path, value);
        }
    }

    private static void Rename(BsonDocument document, string[] path, RenameOperator rename)
    {
        RejectArrays(document, path, "source");
        RejectArrays(document, rename.Target, "destination");
        var value = PathEditor.Get(document, path);
        if (value is null)
        {
            return;
        }

        PathEditor.Unset(document, path);
        PathEditor.Set(document, rename.Target, value);
    }

    private static void RejectArrays(BsonDocument document, string[] path, string role)
    {
        for (var i = 1; i < path.Length; i++)
        {
            if (PathEditor.Get(document, path.AsSpan(0, i)) is BsonArray)
            {
                throw new CommandException(
                    ErrorCode.BadValue,
                    $"The {role} field cannot be an array element, '{string.Join('.', path)}' in doc with _id: {Values.TypeNames.Show(document.GetValue("_id", null))} has an array field called '{path[i - 1]}'");
            }
        }
    }
}

/// <summary>One operator on one path.</summary>
/// <param name="Path">The parts of the path, placeholders such as <c>$</c> among them.</param>
/// <param name="Operator">What is done there.</param>
internal sealed record PathUpdate(string[] Path, FieldOperator Operator);
