using System.Globalization;

namespace MongoDB.Bson;

/// <summary>An IEEE 754-2008 128-bit decimal floating point number in its binary integer encoding.</summary>
public readonly partial struct Decimal128 : IComparable<Decimal128>, IEquatable<Decimal128>
{
    internal const int ExponentMax = 6111;
    internal const int ExponentMin = -6176;
    internal const int MaxDigits = 34;

    private const int ExponentBias = 6176;
    private const int SignificandHighBitCount = 49;
    private const ulong SignBit = 0x8000000000000000;
    private const ulong InfinityBits = 0x7800000000000000;
    private const ulong QuietNaNBits = 0x7C00000000000000;
    private const ulong SignalingNaNBits = 0x7E00000000000000;
    private const ulong SecondFormBits = 0x6000000000000000;

    private static readonly UInt128 MaxSignificand = UInt128.Parse(new string('9', MaxDigits), CultureInfo.InvariantCulture);

    private readonly ulong _highBits;
    private readonly ulong _lowBits;

    /// <summary>Creates one from a decimal, exactly.</summary>
    public Decimal128(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var significand = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        this = FromParts(value < 0 || bits[3] < 0, -((bits[3] >> 16) & 0xff), significand);
    }

    /// <summary>Creates one with the shortest digits that give the double back.</summary>
    public Decimal128(double value)
    {
        this = Parse(value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Creates one with the shortest digits that give the float back.</summary>
    public Decimal128(float value)
    {
        this = Parse(value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Creates one.</summary>
    public Decimal128(int value)
        : this((long)value)
    {
    }

    /// <summary>Creates one.</summary>
    public Decimal128(long value)
    {
        this = FromParts(value < 0, 0, (UInt128)Int128.Abs(value));
    }

    /// <summary>Creates one.</summary>
    public Decimal128(uint value)
        : this((ulong)value)
    {
    }

    /// <summary>Creates one.</summary>
    public Decimal128(ulong value)
    {
        this = FromParts(isNegative: false, 0, value);
    }

    private Decimal128(ulong highBits, ulong lowBits)
    {
        _highBits = highBits;
        _lowBits = lowBits;
    }

    /// <summary>The largest finite value.</summary>
    public static Decimal128 MaxValue => FromParts(isNegative: false, ExponentMax, MaxSignificand);

    /// <summary>The smallest finite value.</summary>
    public static Decimal128 MinValue => FromParts(isNegative: true, ExponentMax, MaxSignificand);

    /// <summary>Minus infinity.</summary>
    public static Decimal128 NegativeInfinity => new(SignBit | InfinityBits, 0);

    /// <summary>1.</summary>
    public static Decimal128 One => new(1);

    /// <summary>Infinity.</summary>
    public static Decimal128 PositiveInfinity => new(InfinityBits, 0);

    /// <summary>A quiet NaN.</summary>
    public static Decimal128 QNaN => new(QuietNaNBits, 0);

    /// <summary>A signaling NaN.</summary>
    public static Decimal128 SNaN => new(SignalingNaNBits, 0);

    /// <summary>0.</summary>
    public static Decimal128 Zero => new(0);

    internal int Exponent => (int)((_highBits & SecondFormBits) == SecondFormBits ? _highBits >> 47 : _highBits >> SignificandHighBitCount) % 16384 - ExponentBias;

    /// <summary>The digits as an integer; encodings beyond 34 digits count as zero.</summary>
    internal UInt128 Significand
    {
        get
        {
            if ((_highBits & SecondFormBits) == SecondFormBits)
            {
                return 0;
            }

            var significand = new UInt128(_highBits & ((1UL << SignificandHighBitCount) - 1), _lowBits);
            return significand > MaxSignificand ? 0 : significand;
        }
    }

    /// <summary>Creates one from its IEEE bits.</summary>
    public static Decimal128 FromIEEEBits(ulong highBits, ulong lowBits) => new(highBits, lowBits);

    /// <summary>Whether the value is infinite.</summary>
    public static bool IsInfinity(Decimal128 d) => (d._highBits & QuietNaNBits) == InfinityBits;

    /// <summary>Whether the value is not a number.</summary>
    public static bool IsNaN(Decimal128 d) => (d._highBits & QuietNaNBits) == QuietNaNBits;

    /// <summary>Whether the sign is set.</summary>
    public static bool IsNegative(Decimal128 d) => (d._highBits & SignBit) != 0;

    /// <summary>Whether the value is minus infinity.</summary>
    public static bool IsNegativeInfinity(Decimal128 d) => IsInfinity(d) && IsNegative(d);

    /// <summary>Whether the value is plus infinity.</summary>
    public static bool IsPositiveInfinity(Decimal128 d) => IsInfinity(d) && !IsNegative(d);

    /// <summary>Whether the value is a quiet NaN.</summary>
    public static bool IsQNaN(Decimal128 d) => (d._highBits & SignalingNaNBits) == QuietNaNBits;

    /// <summary>Whether the value is a signaling NaN.</summary>
    public static bool IsSNaN(Decimal128 d) => (d._highBits & SignalingNaNBits) == SignalingNaNBits;

    /// <summary>Whether the value is zero, of either sign.</summary>
    public static bool IsZero(Decimal128 d) => !IsNaN(d) && !IsInfinity(d) && d.Significand == 0;

    /// <summary>The value with the other sign.</summary>
    public static Decimal128 Negate(Decimal128 x) => new(x._highBits ^ SignBit, x._lowBits);

    /// <summary>Reads a number; anything else is a FormatException.</summary>
    public static Decimal128 Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var result) ? result : throw new FormatException($"{s} is not a valid Decimal128.");
    }

    /// <summary>Reads a number; one that cannot be held without rounding is refused.</summary>
    public static bool TryParse(string s, out Decimal128 result) => Decimal128Text.TryParse(s, out result);

    /// <summary>The upper half of the IEEE bits.</summary>
    public ulong GetIEEEHighBits() => _highBits;

    /// <summary>The lower half of the IEEE bits.</summary>
    public ulong GetIEEELowBits() => _lowBits;

    /// <summary>The canonical text of the BSON specification.</summary>
    public override string ToString() => Decimal128Text.Format(this);

    internal static Decimal128 FromParts(bool isNegative, int exponent, UInt128 significand)
    {
        var high = (ulong)(significand >> 64) | ((ulong)(exponent + ExponentBias) << SignificandHighBitCount);
        return new Decimal128(isNegative ? high | SignBit : high, (ulong)significand);
    }
}
