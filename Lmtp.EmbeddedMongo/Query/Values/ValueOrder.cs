using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Values;

/// <summary>MongoDB's order over all BSON values, across types. A missing value is null and sorts with undefined.</summary>
internal sealed class ValueOrder : IComparer<BsonValue?>, IEqualityComparer<BsonValue?>
{
    private const int MissingRank = 0;

    private ValueOrder()
    {
    }

    /// <summary>The only instance.</summary>
    public static ValueOrder Instance { get; } = new();

    /// <summary>The place of a type in the order; types of one rank compare by value.</summary>
    /// <param name="value">The value, null when missing.</param>
    /// <returns>The rank: MinKey lowest, MaxKey highest.</returns>
    public static int Rank(BsonValue? value) => value is null ? MissingRank : Rank(value.BsonType);

    /// <summary>The place of a type in the order.</summary>
    /// <param name="type">The type, as raw BSON has it.</param>
    /// <returns>The rank.</returns>
    public static int Rank(Bson.BsonType type) => type == Bson.BsonType.Missing ? MissingRank : Rank((BsonType)type);

    /// <summary>The place of a type in the order.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The rank.</returns>
    public static int Rank(BsonType type) => type switch
    {
        BsonType.MinKey => -1,
        BsonType.Undefined => MissingRank,
        BsonType.Null => 5,
        BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 => 10,
        BsonType.String or BsonType.Symbol => 15,
        BsonType.Document => 20,
        BsonType.Array => 25,
        BsonType.Binary => 30,
        BsonType.ObjectId => 35,
        BsonType.Boolean => 40,
        BsonType.DateTime => 45,
        BsonType.Timestamp => 47,
        BsonType.RegularExpression => 50,
        BsonType.JavaScript => 60,
        BsonType.JavaScriptWithScope => 65,
        BsonType.MaxKey => 127,
        _ => 55,
    };

    /// <inheritdoc />
    public int Compare(BsonValue? x, BsonValue? y)
    {
        var byRank = Rank(x).CompareTo(Rank(y));
        if (byRank != 0 || x is null || y is null)
        {
            return byRank;
        }

        return x.BsonType switch
        {
            BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 => Numbers.Compare(x, y),
            BsonType.String or BsonType.Symbol => CompareStrings(Text(x), Text(y)),
            BsonType.Document => CompareDocuments(x.AsBsonDocument, y.AsBsonDocument),
            BsonType.Array => CompareArrays(x.AsBsonArray, y.AsBsonArray),
            BsonType.Binary => CompareBinaries(x.AsBsonBinaryData, y.AsBsonBinaryData),
            BsonType.ObjectId => x.AsObjectId.CompareTo(y.AsObjectId),
            BsonType.Boolean => x.AsBoolean.CompareTo(y.AsBoolean),
            BsonType.DateTime => x.AsBsonDateTime.MillisecondsSinceEpoch.CompareTo(y.AsBsonDateTime.MillisecondsSinceEpoch),
            BsonType.Timestamp => unchecked((ulong)x.AsBsonTimestamp.Value).CompareTo(unchecked((ulong)y.AsBsonTimestamp.Value)),
            BsonType.RegularExpression => CompareExpressions(x.AsBsonRegularExpression, y.AsBsonRegularExpression),
            BsonType.JavaScript => CompareStrings(((BsonJavaScript)x).Code, ((BsonJavaScript)y).Code),
            _ => 0,
        };
    }

    /// <inheritdoc />
    public bool Equals(BsonValue? x, BsonValue? y) => Compare(x, y) == 0;

    /// <inheritdoc />
    public int GetHashCode(BsonValue? obj)
    {
        if (obj is null)
        {
            return MissingRank;
        }

        var hash = new HashCode();
        hash.Add(Rank(obj));
        switch (obj.BsonType)
        {
            case BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128:
                hash.Add(Numbers.ToDouble(obj));
                break;
            case BsonType.Document:
                foreach (var element in obj.AsBsonDocument)
                {
                    hash.Add(element.Name, StringComparer.Ordinal);
                    hash.Add(GetHashCode(element.Value));
                }

                break;
            case BsonType.Array:
                foreach (var item in obj.AsBsonArray)
                {
                    hash.Add(GetHashCode(item));
                }

                break;
            default:
                hash.Add(obj.GetHashCode());
                break;
        }

        return hash.ToHashCode();
    }

    private static string Text(BsonValue value) =>
        value.BsonType == BsonType.Symbol ? ((BsonSymbol)value).Name : value.AsString;

    // UTF-8's byte order is code point order; UTF-16's is not once surrogates appear.
    private static int CompareStrings(string x, string y)
    {
        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            var a = x[i];
            var b = y[i];
            if (a != b)
            {
                return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
            }
        }

        return x.Length.CompareTo(y.Length);
    }

    private static int CompareBinaries(BsonBinaryData x, BsonBinaryData y)
    {
        var byLength = x.Bytes.Length.CompareTo(y.Bytes.Length);
        if (byLength != 0)
        {
            return byLength;
        }

        var bySubType = ((int)x.SubType).CompareTo((int)y.SubType);
        return bySubType != 0 ? bySubType : x.Bytes.AsSpan().SequenceCompareTo(y.Bytes);
    }

    private static int CompareExpressions(BsonRegularExpression x, BsonRegularExpression y)
    {
        var byPattern = CompareStrings(x.Pattern, y.Pattern);
        return byPattern != 0 ? byPattern : CompareStrings(x.Options, y.Options);
    }

    private int CompareArrays(BsonArray x, BsonArray y)
    {
        var length = Math.Min(x.Count, y.Count);
        for (var i = 0; i < length; i++)
        {
            var byItem = Compare(x[i], y[i]);
            if (byItem != 0)
            {
                return byItem;
            }
        }

        return x.Count.CompareTo(y.Count);
    }

    private int CompareDocuments(BsonDocument x, BsonDocument y)
    {
        var length = Math.Min(x.ElementCount, y.ElementCount);
        for (var i = 0; i < length; i++)
        {
            var a = x.GetElement(i);
            var b = y.GetElement(i);
            var byRank = Rank(a.Value).CompareTo(Rank(b.Value));
            if (byRank != 0)
            {
                return byRank;
            }

            var byName = CompareStrings(a.Name, b.Name);
            if (byName != 0)
            {
                return byName;
            }

            var byValue = Compare(a.Value, b.Value);
            if (byValue != 0)
            {
                return byValue;
            }
        }

        return x.ElementCount.CompareTo(y.ElementCount);
    }
}
