using System.Buffers.Binary;
using System.Numerics;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>
/// Encodes a number of any type so that memcmp is the numeric order. A finite number that is not zero is written as
/// 0.D1 D2 D3 … times a power of 100, with base-100 digits and without trailing zeros, which is exact for integers,
/// doubles and decimals alike: byte for the sign, exponent, each digit plus one, a closing zero; all but the first byte
/// inverted when the number is negative.
/// </summary>
internal static class NumberKey
{
    private const byte NaN = KeyType.Number;
    private const byte NegativeInfinity = KeyType.Number + 1;
    private const byte Negative = KeyType.Number + 2;
    private const byte Zero = KeyType.Number + 3;
    private const byte Positive = KeyType.Number + 4;
    private const byte PositiveInfinity = KeyType.Number + 5;

    /// <summary>How far the highest type byte of a number is above the lowest.</summary>
    public const int HighestTypeOffset = PositiveInfinity - NaN;

    private const int ShortExponentLimit = 100;
    private const int LongExponentBias = 0x4000;

    /// <summary>Appends the key of a number.</summary>
    public static void Append(ByteBuffer buffer, BsonValueSlice value)
    {
        switch (value.Type)
        {
            case BsonType.Int32:
                AppendInteger(buffer, value.AsInt32);
                break;
            case BsonType.Int64:
                AppendInteger(buffer, value.AsInt64);
                break;
            case BsonType.Double:
                AppendDouble(buffer, value.AsDouble);
                break;
            default:
                AppendDecimal(buffer, value.Bytes);
                break;
        }
    }

    private static void AppendInteger(ByteBuffer buffer, long value)
    {
        if (value == 0)
        {
            buffer.Append(Zero);
            return;
        }

        Span<byte> digits = stackalloc byte[10];
        int count = 0;
        for (ulong rest = value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value; rest != 0; rest /= 100)
        {
            digits[^++count] = (byte)(rest % 100);
        }

        AppendFinite(buffer, value < 0, count, digits[^count..]);
    }

    private static void AppendDouble(ByteBuffer buffer, double value)
    {
        const double ExactIntegers = 9007199254740992.0;
        if (double.IsNaN(value))
        {
            buffer.Append(NaN);
        }
        else if (double.IsInfinity(value))
        {
            buffer.Append(value < 0 ? NegativeInfinity : PositiveInfinity);
        }
        else if (Math.Abs(value) <= ExactIntegers && Math.Truncate(value) == value)
        {
            AppendInteger(buffer, (long)value);
        }
        else
        {
            AppendFraction(buffer, value);
        }
    }

    // A double is m * 2^e. Where e is negative that is m * 5^-e * 10^e, so its decimal expansion is finite and exact.
    private static void AppendFraction(ByteBuffer buffer, double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFFL;
        long mantissa = biased == 0 ? fraction : fraction | 0x10000000000000L;
        int exponent = Math.Max(biased, 1) - 1075;
        BigInteger coefficient = exponent < 0
            ? mantissa * BigInteger.Pow(5, -exponent)
            : new BigInteger(mantissa) << exponent;
        AppendScaled(buffer, bits < 0, coefficient, Math.Min(exponent, 0));
    }

    private static void AppendDecimal(ByteBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        ulong low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        bool negative = high >> 63 != 0;
        const int Bias = 6176;
        switch ((high >> 58) & 0x1F)
        {
            case 0x1F:
                buffer.Append(NaN);
                return;
            case 0x1E:
                buffer.Append(negative ? NegativeInfinity : PositiveInfinity);
                return;
            case >= 0x18:
                // A coefficient above 34 digits is not canonical and counts as zero (IEEE 754-2008, 3.5.2).
                buffer.Append(Zero);
                return;
        }

        int exponent = (int)((high >> 49) & 0x3FFF) - Bias;
        UInt128 coefficient = new(high & 0x1FFFFFFFFFFFFUL, low);
        UInt128 limit = UInt128.Parse("9999999999999999999999999999999999", System.Globalization.CultureInfo.InvariantCulture);
        AppendScaled(buffer, negative, coefficient > limit ? BigInteger.Zero : (BigInteger)coefficient, exponent);
    }

    private static void AppendScaled(ByteBuffer buffer, bool negative, BigInteger coefficient, int exponent10)
    {
        if (coefficient.IsZero)
        {
            buffer.Append(Zero);
            return;
        }

        if ((exponent10 & 1) != 0)
        {
            coefficient *= 10;
            exponent10--;
        }

        string text = coefficient.ToString(System.Globalization.CultureInfo.InvariantCulture);
        text = (text.Length & 1) != 0 ? "0" + text : text;
        byte[] digits = new byte[text.Length / 2];
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = (byte)(((text[2 * i] - '0') * 10) + text[(2 * i) + 1] - '0');
        }

        AppendFinite(buffer, negative, digits.Length + (exponent10 / 2), digits);
    }

    private static void AppendFinite(ByteBuffer buffer, bool negative, int exponent100, ReadOnlySpan<byte> digits)
    {
        digits = digits.TrimEnd((byte)0);
        buffer.Append(negative ? Negative : Positive);
        int start = buffer.Length;
        AppendExponent(buffer, exponent100);
        foreach (byte digit in digits)
        {
            buffer.Append((byte)(digit + 1));
        }

        buffer.Append(0);
        if (negative)
        {
            buffer.Invert(start);
        }
    }

    // One byte around the middle of the range; 0x01 and 0xFF announce two more for exponents below and above it.
    private static void AppendExponent(ByteBuffer buffer, int exponent)
    {
        if (exponent is > -ShortExponentLimit and < ShortExponentLimit)
        {
            buffer.Append((byte)(0x80 + exponent));
            return;
        }

        buffer.Append(exponent < 0 ? (byte)0x01 : (byte)0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.Reserve(2), (ushort)(exponent + LongExponentBias));
    }
}
