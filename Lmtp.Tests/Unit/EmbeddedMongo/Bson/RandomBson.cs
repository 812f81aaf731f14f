using System.Text;
using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Bson;

/// <summary>Makes random BSON values, with many that are nearly equal to each other.</summary>
internal sealed class RandomBson(int seed)
{
    private static readonly double[] Doubles =
    [
        0, -0.0, 1, -1, 0.1, 0.5, 1.5, -1.5, 2, 1e15, 1e16, 1e300, -1e300, 1e-300, double.Epsilon, -double.Epsilon, double.MaxValue,
        double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 9007199254740992, 9007199254740993, 9223372036854775807,
        -9223372036854775808.0, 1e19, 99, 100, 101, 9999, 10000, 0.01, 0.001,
    ];

    private static readonly long[] Integers =
    [
        0, 1, -1, 2, 99, 100, 101, 9999, 10000, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, long.MaxValue - 1,
        9007199254740992, 9007199254740993, -9007199254740993, 1000000000000000000,
    ];

    private static readonly string[] Texts = ["", "a", "b", "aa", "ab", "a\0", "a\0b", "a\u0001", "ä", "z", "\uD83D\uDE00", "A", "\u00FF", "~"];

    private readonly Random _random = new(seed);

    public Random Random => _random;

    public RawBsonValue Value(int depth = 3)
    {
        int kind = _random.Next(depth > 0 ? 20 : 17);
        return kind switch
        {
            0 => Of(BsonType.Double, BitConverter.GetBytes(Pick(Doubles))),
            1 => Of(BsonType.Double, BitConverter.GetBytes(_random.NextDouble() * Math.Pow(10, _random.Next(-20, 20)))),
            2 => Of(BsonType.Int32, BitConverter.GetBytes((int)Math.Clamp(Pick(Integers), int.MinValue, int.MaxValue))),
            3 => Of(BsonType.Int64, BitConverter.GetBytes(Pick(Integers) + (_random.Next(3) == 0 ? _random.Next(5) : 0))),
            4 or 5 => Decimal(),
            6 => Text(BsonType.String),
            7 => Text(_random.Next(2) == 0 ? BsonType.Symbol : BsonType.JavaScript),
            8 => Binary(),
            9 => Of(BsonType.ObjectId, [0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)_random.Next(256), 0, (byte)_random.Next(3)]),
            10 => Of(BsonType.Boolean, [(byte)_random.Next(2)]),
            11 => Of(BsonType.DateTime, BitConverter.GetBytes(Pick(Integers))),
            12 => Of(BsonType.Timestamp, BitConverter.GetBytes(Pick(Integers))),
            13 => Of(BsonType.RegularExpression, [.. RegexText(), 0, .. RegexText(), 0]),
            14 => Of(Pick([BsonType.Null, BsonType.Undefined, BsonType.MinKey, BsonType.MaxKey]), []),
            15 => DBPointer(),
            16 => CodeWithScope(depth),
            17 => Of(BsonType.Document, Document(depth - 1)),
            _ => Of(BsonType.Array, Array(depth - 1)),
        };
    }

    public byte[] Document(int depth)
    {
        BsonDocumentBuilder builder = new();
        for (int i = _random.Next(4); i > 0; i--)
        {
            builder.Append(Encoding.UTF8.GetBytes(Pick(["", "a", "b", "ab", "_id", "é"])), Value(depth).Slice);
        }

        return builder.ToArray();
    }

    private byte[] Array(int depth)
    {
        BsonDocumentBuilder builder = new();
        int count = _random.Next(4);
        for (int i = 0; i < count; i++)
        {
            builder.Append(Encoding.UTF8.GetBytes(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), Value(depth).Slice);
        }

        return builder.ToArray();
    }

    private RawBsonValue Decimal()
    {
        UInt128 coefficient = _random.Next(5) switch
        {
            0 => 0,
            1 => (UInt128)_random.NextInt64(1, 1000),
            2 => UInt128.Parse("9999999999999999999999999999999999", System.Globalization.CultureInfo.InvariantCulture),
            3 => (UInt128)(ulong)(Pick(Integers) & long.MaxValue),
            _ => (UInt128)_random.NextInt64() * (UInt128)_random.Next(1, 1000),
        };
        int exponent = _random.Next(6) switch { 0 => -6176, 1 => 6111, 2 => _random.Next(-40, 40), 3 => -1, 4 => -2, _ => 0 } + 6176;
        ulong high = ((ulong)_random.Next(2) << 63) | ((ulong)exponent << 49) | (ulong)(coefficient >> 64);
        high = _random.Next(20) switch { 0 => 0x7C00UL << 48, 1 => 0x7800UL << 48, 2 => 0xF800UL << 48, _ => high };
        return Of(BsonType.Decimal128, [.. BitConverter.GetBytes((ulong)coefficient), .. BitConverter.GetBytes(high)]);
    }

    private RawBsonValue Text(BsonType type) => Of(type, TextBytes());

    private byte[] TextBytes()
    {
        byte[] text = Encoding.UTF8.GetBytes(Pick(Texts) + Pick(Texts));
        return [.. BitConverter.GetBytes(text.Length + 1), .. text, 0];
    }

    private RawBsonValue Binary()
    {
        byte[] data = new byte[_random.Next(10) == 0 ? _random.Next(250, 260) : _random.Next(3)];
        data.AsSpan().Fill((byte)_random.Next(2));
        return Of(BsonType.Binary, [.. BitConverter.GetBytes(data.Length), (byte)_random.Next(2), .. data]);
    }

    private RawBsonValue DBPointer() => Of(BsonType.DBPointer, [.. TextBytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)_random.Next(2)]);

    private RawBsonValue CodeWithScope(int depth)
    {
        byte[] code = TextBytes();
        byte[] scope = Document(Math.Max(depth - 1, 0));
        return Of(BsonType.JavaScriptWithScope, [.. BitConverter.GetBytes(4 + code.Length + scope.Length), .. code, .. scope]);
    }

    private byte[] RegexText() => Encoding.UTF8.GetBytes(Pick(["", "a", "ab", "é"]));

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];

    private static RawBsonValue Of(BsonType type, byte[] bytes) => new(type, bytes);
}
