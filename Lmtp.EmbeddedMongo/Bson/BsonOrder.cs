namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>
/// MongoDB's order over all BSON values: first by class of type, then by value. Numbers of all four types compare by
/// their exact value, NaN below all of them; a missing value is null.
/// </summary>
internal static class BsonOrder
{
    /// <summary>Compares two values.</summary>
    /// <returns>Negative, zero or positive as <paramref name="left"/> is before, with or after <paramref name="right"/>.</returns>
    public static int Compare(BsonValueSlice left, BsonValueSlice right)
    {
        byte rank = KeyType.Rank(left.Type);
        int byRank = rank.CompareTo(KeyType.Rank(right.Type));
        if (byRank != 0)
        {
            return byRank;
        }

        return rank switch
        {
            KeyType.Number => CompareNumbers(left, right),
            KeyType.String or KeyType.JavaScript => left.AsUtf8.SequenceCompareTo(right.AsUtf8),
            KeyType.Document => CompareDocuments(left.AsDocument, right.AsDocument, true),
            KeyType.Array => CompareDocuments(left.AsDocument, right.AsDocument, false),
            KeyType.Binary or KeyType.DBPointer => CompareLengthFirst(left.Bytes, right.Bytes),
            KeyType.ObjectId => left.Bytes.SequenceCompareTo(right.Bytes),
            KeyType.Boolean => left.AsBoolean.CompareTo(right.AsBoolean),
            KeyType.DateTime => left.AsInt64.CompareTo(right.AsInt64),
            KeyType.Timestamp => left.AsTimestamp.CompareTo(right.AsTimestamp),
            KeyType.RegularExpression => CompareRegularExpressions(left, right),
            KeyType.JavaScriptWithScope => CompareCodeWithScope(left.Bytes, right.Bytes),
            _ => 0,
        };
    }

    /// <summary>Whether two values are equal in MongoDB's order (1 and 1.0 are).</summary>
    public static bool AreEqual(BsonValueSlice left, BsonValueSlice right) => Compare(left, right) == 0;

    private static int CompareNumbers(BsonValueSlice left, BsonValueSlice right) => (left.Type, right.Type) switch
    {
        (BsonType.Int32 or BsonType.Int64, BsonType.Int32 or BsonType.Int64) => Integer(left).CompareTo(Integer(right)),
        (BsonType.Double, BsonType.Double) => left.AsDouble.CompareTo(right.AsDouble) is var order && left.AsDouble == right.AsDouble ? 0 : order,
        (BsonType.Int32 or BsonType.Int64, BsonType.Double) => CompareIntegerToDouble(Integer(left), right.AsDouble),
        (BsonType.Double, BsonType.Int32 or BsonType.Int64) => -CompareIntegerToDouble(Integer(right), left.AsDouble),
        _ => CompareByKey(left, right),
    };

    private static long Integer(BsonValueSlice value) => value.Type == BsonType.Int32 ? value.AsInt32 : value.AsInt64;

    private static int CompareIntegerToDouble(long integer, double number)
    {
        const double TwoToThe63 = 9223372036854775808.0;
        if (double.IsNaN(number) || number < -TwoToThe63)
        {
            return 1;
        }

        if (number >= TwoToThe63)
        {
            return -1;
        }

        double whole = Math.Truncate(number);
        int order = integer.CompareTo((long)whole);
        return order != 0 ? order : whole.CompareTo(number);
    }

    private static int CompareByKey(BsonValueSlice left, BsonValueSlice right)
    {
        ByteBuffer leftKey = new();
        ByteBuffer rightKey = new();
        NumberKey.Append(leftKey, left);
        NumberKey.Append(rightKey, right);
        return leftKey.Span.SequenceCompareTo(rightKey.Span);
    }

    private static int CompareDocuments(BsonSlice left, BsonSlice right, bool names)
    {
        BsonSlice.Enumerator lefts = left.GetEnumerator();
        BsonSlice.Enumerator rights = right.GetEnumerator();
        while (true)
        {
            bool hasLeft = lefts.MoveNext();
            bool hasRight = rights.MoveNext();
            if (!hasLeft || !hasRight)
            {
                return hasLeft.CompareTo(hasRight);
            }

            int order = CompareElements(lefts.Current, rights.Current, names);
            if (order != 0)
            {
                return order;
            }
        }
    }

    private static int CompareElements(BsonElement left, BsonElement right, bool names)
    {
        int order = KeyType.Rank(left.Value.Type).CompareTo(KeyType.Rank(right.Value.Type));
        if (order == 0 && names)
        {
            order = left.Name.SequenceCompareTo(right.Name);
        }

        return order != 0 ? order : Compare(left.Value, right.Value);
    }

    // The layout of binary is length, subtype, data and of a pointer length, namespace, id: after the lengths, memcmp.
    private static int CompareLengthFirst(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int order = BsonLayout.ReadLength(left).CompareTo(BsonLayout.ReadLength(right));
        return order != 0 ? order : left[4..].SequenceCompareTo(right[4..]);
    }

    private static int CompareRegularExpressions(BsonValueSlice left, BsonValueSlice right)
    {
        int order = left.RegularExpressionPattern.SequenceCompareTo(right.RegularExpressionPattern);
        return order != 0 ? order : left.RegularExpressionOptions.SequenceCompareTo(right.RegularExpressionOptions);
    }

    private static int CompareCodeWithScope(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        BsonValueSlice leftCode = new(BsonType.JavaScript, left[4..]);
        BsonValueSlice rightCode = new(BsonType.JavaScript, right[4..]);
        int order = leftCode.AsUtf8.SequenceCompareTo(rightCode.AsUtf8);
        return order != 0
            ? order
            : CompareDocuments(new(left[(9 + leftCode.AsUtf8.Length)..]), new(right[(9 + rightCode.AsUtf8.Length)..]), true);
    }
}
