namespace MongoDB.Bson;

/// <summary>Compares numbers across their BSON types.</summary>
internal static class BsonNumber
{
    public static int Compare(BsonValue left, BsonValue right)
    {
        if (right is null || !right.IsNumeric)
        {
            return left.CompareTypeTo(right);
        }

        if (left is BsonDecimal128 || right is BsonDecimal128)
        {
            return left.ToDecimal128().CompareTo(right.ToDecimal128());
        }

        if (left is BsonDouble || right is BsonDouble)
        {
            return left.ToDouble().CompareTo(right.ToDouble());
        }

        return left.ToInt64().CompareTo(right.ToInt64());
    }

    /// <summary>The == of numbers: NaN equals nothing.</summary>
    public static bool AreEqual(BsonValue left, BsonValue right)
    {
        return !IsNaN(left) && !IsNaN(right) && Compare(left, right) == 0;
    }

    private static bool IsNaN(BsonValue value)
    {
        return value switch
        {
            BsonDouble number => double.IsNaN(number.Value),
            BsonDecimal128 number => Decimal128.IsNaN(number.Value),
            _ => false,
        };
    }
}
