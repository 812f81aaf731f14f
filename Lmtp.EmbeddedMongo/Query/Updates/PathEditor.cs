using System.Globalization;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>Reads and writes one dotted path in a document, through arrays by index, as update operators do.</summary>
internal static class PathEditor
{
    /// <summary>The most null elements that writing far behind an array's end may add.</summary>
    public const int MaxArrayPadding = 1_500_000;

    /// <summary>The value at a path.</summary>
    /// <param name="root">The document.</param>
    /// <param name="path">The parts of the path.</param>
    /// <returns>The value, null when missing.</returns>
    public static BsonValue? Get(BsonDocument root, ReadOnlySpan<string> path)
    {
        BsonValue? current = root;
        foreach (var part in path)
        {
            current = Child(current, part);
            if (current is null)
            {
                return null;
            }
        }

        return current;
    }

    /// <summary>Writes a value, making the documents on the way that are missing.</summary>
    /// <param name="root">The document.</param>
    /// <param name="path">The parts of the path.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="CommandException">The path leads through a value that has no fields.</exception>
    public static void Set(BsonDocument root, ReadOnlySpan<string> path, BsonValue value)
    {
        BsonValue container = root;
        for (var i = 0; i < path.Length - 1; i++)
        {
            var next = Child(container, path[i]);
            if (next is null)
            {
                next = new BsonDocument();
                Put(container, path, i, next);
            }

            container = next;
        }

        Put(container, path, path.Length - 1, value);
    }

    /// <summary>Removes a field; an array element becomes null.</summary>
    /// <param name="root">The document.</param>
    /// <param name="path">The parts of the path.</param>
    public static void Unset(BsonDocument root, ReadOnlySpan<string> path)
    {
        var container = Get(root, path[..^1]);
        var last = path[^1];
        if (container is BsonDocument document)
        {
            document.Remove(last);
        }
        else if (container is BsonArray array && TryIndex(last, out var index) && index < array.Count)
        {
            array[index] = BsonNull.Value;
        }
    }

    /// <summary>Whether a path's part is an array index.</summary>
    /// <param name="part">The part.</param>
    /// <param name="index">The index.</param>
    /// <returns>True for digits without a leading zero.</returns>
    public static bool TryIndex(string part, out int index)
    {
        index = 0;
        return part.Length > 0
            && (part.Length == 1 || part[0] != '0')
            && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private static BsonValue? Child(BsonValue container, string part) => container switch
    {
        BsonDocument document => document.TryGetValue(part, out var value) ? value : null,
        BsonArray array => TryIndex(part, out var index) && index < array.Count ? array[index] : null,
        _ => null,
    };

    private static void Put(BsonValue container, ReadOnlySpan<string> path, int position, BsonValue value)
    {
        var part = path[position];
        switch (container)
        {
            case BsonDocument document:
                document.Set(part, value);
                break;
            case BsonArray array when TryIndex(part, out var index):
                if (index - array.Count > MaxArrayPadding)
                {
                    throw new CommandException(
                        ErrorCode.CannotCreateIndex,
                        $"can't backfill more than {MaxArrayPadding} elements");
                }

                while (array.Count <= index)
                {
                    array.Add(BsonNull.Value);
                }

                array[index] = value;
                break;
            default:
                var owner = position == 0 ? string.Empty : path[position - 1];
                throw new CommandException(
                    ErrorCode.PathNotViable,
                    $"Cannot create field '{part}' in element {{{owner}: {TypeNames.Show(container)}}}");
        }
    }
}
