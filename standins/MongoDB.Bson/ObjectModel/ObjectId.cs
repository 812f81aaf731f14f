using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MongoDB.Bson;

/// <summary>A 12 byte id: 4 bytes of seconds since the Unix epoch, 5 random bytes of the process, a 3 byte counter.</summary>
public readonly partial struct ObjectId : IComparable<ObjectId>, IEquatable<ObjectId>
{
    private const int Size = 12;

    private static readonly long ProcessRandom = RandomProcessValue();
    private static int _counter = RandomNumberGenerator.GetInt32(1 << 24);

    private readonly uint _first;
    private readonly uint _second;
    private readonly uint _third;

    /// <summary>Creates one from its 12 bytes.</summary>
    public ObjectId(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length != Size)
        {
            throw new ArgumentException("Byte array must be 12 bytes long", nameof(bytes));
        }

        this = new ObjectId(bytes.AsSpan());
    }

    /// <summary>Creates one from 24 hexadecimal digits.</summary>
    public ObjectId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        this = Parse(value);
    }

    internal ObjectId(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        _third = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]);
    }

    private ObjectId(int timestamp, long random, int counter)
    {
        _first = (uint)timestamp;
        _second = (uint)(random >> 8);
        _third = (uint)(random << 24) | ((uint)counter & 0xffffff);
    }

    /// <summary>All zeros.</summary>
    public static ObjectId Empty => default;

    /// <summary>Seconds since the Unix epoch.</summary>
    public int Timestamp => (int)_first;

    /// <summary>The moment of creation in UTC, to the second.</summary>
    public DateTime CreationTime => DateTime.UnixEpoch.AddSeconds((uint)Timestamp);

    /// <summary>Byte order.</summary>
    public static bool operator <(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) < 0;

    /// <summary>Byte order.</summary>
    public static bool operator <=(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) <= 0;

    /// <summary>Equality.</summary>
    public static bool operator ==(ObjectId lhs, ObjectId rhs) => lhs.Equals(rhs);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ObjectId lhs, ObjectId rhs) => !lhs.Equals(rhs);

    /// <summary>Byte order.</summary>
    public static bool operator >=(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) >= 0;

    /// <summary>Byte order.</summary>
    public static bool operator >(ObjectId lhs, ObjectId rhs) => lhs.CompareTo(rhs) > 0;

    /// <summary>A new unique id of now.</summary>
    public static ObjectId GenerateNewId() => GenerateNewId(DateTime.UtcNow);

    /// <summary>A new unique id of that moment.</summary>
    public static ObjectId GenerateNewId(DateTime timestamp)
    {
        return GenerateNewId((int)(uint)BsonUtils.ToSecondsSinceEpoch(BsonUtils.ToUniversalTime(timestamp)));
    }

    /// <summary>A new unique id of that second since the Unix epoch.</summary>
    public static ObjectId GenerateNewId(int timestamp) => new(timestamp, ProcessRandom, Interlocked.Increment(ref _counter));

    /// <summary>Reads 24 hexadecimal digits; anything else is a FormatException.</summary>
    public static ObjectId Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out var id) ? id : throw new FormatException($"'{s}' is not a valid 24 digit hex string.");
    }

    /// <summary>Reads 24 hexadecimal digits.</summary>
    public static bool TryParse(string s, out ObjectId objectId)
    {
        objectId = default;
        if (s is null || s.Length != Size * 2)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(s, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        objectId = new ObjectId(bytes);
        return true;
    }

    /// <summary>Compares in byte order.</summary>
    public int CompareTo(ObjectId other)
    {
        var order = _first.CompareTo(other._first);
        order = order != 0 ? order : _second.CompareTo(other._second);
        return order != 0 ? order : _third.CompareTo(other._third);
    }

    /// <summary>Equality.</summary>
    public bool Equals(ObjectId rhs) => _first == rhs._first && _second == rhs._second && _third == rhs._third;

    /// <inheritdoc />
    public override bool Equals(object obj) => obj is ObjectId other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_first, _second, _third);

    /// <summary>The 12 bytes.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[Size];
        ToByteSpan(bytes);
        return bytes;
    }

    /// <summary>Writes the 12 bytes.</summary>
    public void ToByteArray(byte[] destination, int offset)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (offset + Size > destination.Length)
        {
            throw new ArgumentException("Not enough room in destination buffer.", nameof(offset));
        }

        ToByteSpan(destination.AsSpan(offset));
    }

    /// <summary>Writes the 12 bytes.</summary>
    public void ToByteSpan(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], _third);
    }

    /// <summary>Writes the 24 hexadecimal digits.</summary>
    public void ToCharSpan(Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[Size];
        ToByteSpan(bytes);
        Convert.TryToHexStringLower(bytes, destination, out _);
    }

    /// <summary>24 hexadecimal digits.</summary>
    public override string ToString() => string.Create(Size * 2, this, static (digits, id) => id.ToCharSpan(digits));

    private static long RandomProcessValue()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes[..5]);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
