namespace MongoDB.Bson;

/// <content>Order and equality by value: 1.0 equals 1.00, NaN sorts first.</content>
public readonly partial struct Decimal128
{
    /// <summary>Equality of value.</summary>
    public static bool operator ==(Decimal128 lhs, Decimal128 rhs) => lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(Decimal128 lhs, Decimal128 rhs) => !lhs.Equals(rhs);

    /// <summary>Order of value.</summary>
    public static bool operator <(Decimal128 lhs, Decimal128 rhs) => Compare(lhs, rhs) < 0;

    /// <summary>Order of value.</summary>
    public static bool operator <=(Decimal128 lhs, Decimal128 rhs) => Compare(lhs, rhs) <= 0;

    /// <summary>Order of value.</summary>
    public static bool operator >(Decimal128 lhs, Decimal128 rhs) => Compare(lhs, rhs) > 0;

    /// <summary>Order of value.</summary>
    public static bool operator >=(Decimal128 lhs, Decimal128 rhs) => Compare(lhs, rhs) >= 0;

    /// <summary>Compares values.</summary>
    public static int Compare(Decimal128 x, Decimal128 y)
    {
        var rank = Rank(x);
        var otherRank = Rank(y);
        if (rank != otherRank || rank is not (-1 or 1))
        {
            return rank.CompareTo(otherRank);
        }

        return rank * CompareMagnitude(x, y);
    }

    /// <summary>Equality of value.</summary>
    public static bool Equals(Decimal128 x, Decimal128 y) => Compare(x, y) == 0;

    /// <summary>Compares values.</summary>
    public int CompareTo(Decimal128 other) => Compare(this, other);

    /// <summary>Equality of value.</summary>
    public bool Equals(Decimal128 other) => Compare(this, other) == 0;

    /// <inheritdoc />
    public override bool Equals(object obj) => obj is Decimal128 other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var rank = Rank(this);
        if (rank is not (-1 or 1))
        {
            return rank;
        }

        var significand = Significand;
        var exponent = Exponent;
        while (significand % 10 == 0)
        {
            significand /= 10;
            exponent++;
        }

        return HashCode.Combine(rank, exponent, significand);
    }

    /// <summary>NaN, minus infinity, negative, zero, positive, infinity.</summary>
    private static int Rank(Decimal128 value)
    {
        if (IsNaN(value))
        {
            return -3;
        }

        var sign = IsNegative(value) ? -1 : 1;
        if (IsInfinity(value))
        {
            return sign * 2;
        }

        return value.Significand == 0 ? 0 : sign;
    }

    private static int CompareMagnitude(Decimal128 x, Decimal128 y)
    {
        var xDigits = Digits(x.Significand);
        var yDigits = Digits(y.Significand);
        var byMagnitude = (xDigits + x.Exponent).CompareTo(yDigits + y.Exponent);
        if (byMagnitude != 0)
        {
            return byMagnitude;
        }

        // The same number of digits before the point: pad the shorter to compare digit for digit.
        return Padded(x.Significand, yDigits - xDigits).CompareTo(Padded(y.Significand, xDigits - yDigits));
    }

    private static int Digits(UInt128 significand)
    {
        var digits = 0;
        for (; significand != 0; significand /= 10)
        {
            digits++;
        }

        return digits;
    }

    private static UInt128 Padded(UInt128 significand, int zeros)
    {
        for (; zeros > 0; zeros--)
        {
            significand *= 10;
        }

        return significand;
    }
}
