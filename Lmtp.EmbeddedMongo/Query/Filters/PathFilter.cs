using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>A predicate on what a dotted path leads to, through arrays both by index and through every element.</summary>
/// <param name="path">The dotted path.</param>
/// <param name="predicate">The predicate.</param>
internal sealed class PathFilter(string path, ValuePredicate predicate) : Filter
{
    private readonly BsonPath _path = BsonPath.Parse(path);

    /// <summary>The dotted path.</summary>
    public string Path => path;

    /// <summary>The predicate.</summary>
    public ValuePredicate Predicate => predicate;

    /// <inheritdoc />
    public override bool Matches(ReadOnlySpan<byte> document, MatchState state)
    {
        var index = -1;
        if (!InDocument(new BsonSlice(document), 0, state, ref index))
        {
            return false;
        }

        if (index >= 0)
        {
            state.ArrayIndex = index;
        }

        return true;
    }

    private bool InDocument(BsonSlice document, int depth, MatchState state, ref int index)
    {
        var value = document[_path.Names[depth]];
        if (depth == _path.Names.Length - 1)
        {
            return AtLeaf(value, state, ref index);
        }

        return value.Type switch
        {
            BsonType.Document => InDocument(value.AsDocument, depth + 1, state, ref index),
            BsonType.Array => InArray(value.AsDocument, depth + 1, state, ref index),
            _ => predicate.Matches(default, state),
        };
    }

    private bool InArray(BsonSlice array, int depth, MatchState state, ref int index)
    {
        var i = 0;
        foreach (var item in array)
        {
            var inner = -1;
            var element = item.Value;
            if ((element.Type == BsonType.Document && InDocument(element.AsDocument, depth, state, ref inner))
                || (_path.PositionAt(depth) == i && AtPosition(element, depth, state, ref inner)))
            {
                index = i;
                return true;
            }

            i++;
        }

        return false;
    }

    private bool AtPosition(BsonValueSlice element, int depth, MatchState state, ref int index)
    {
        if (depth == _path.Names.Length - 1)
        {
            return AtLeaf(element, state, ref index);
        }

        return element.Type switch
        {
            BsonType.Document => InDocument(element.AsDocument, depth + 1, state, ref index),
            BsonType.Array => InArray(element.AsDocument, depth + 1, state, ref index),
            _ => false,
        };
    }

    private bool AtLeaf(BsonValueSlice value, MatchState state, ref int index)
    {
        if (value.Type == BsonType.Array && predicate.LooksIntoArrays)
        {
            var i = 0;
            foreach (var element in value.AsDocument)
            {
                if (predicate.Matches(element.Value, state))
                {
                    index = i;
                    return true;
                }

                i++;
            }
        }

        if (!predicate.Matches(value, state))
        {
            return false;
        }

        if (predicate is ElementMatchPredicate)
        {
            index = state.ElementIndex;
        }

        return true;
    }
}
