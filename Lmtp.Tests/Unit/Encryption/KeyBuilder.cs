using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Tests.Unit.Encryption;

/// <summary>Makes OpenPGP keys of every good and bad kind, signed by themselves with RSA and SHA-256.</summary>
internal sealed class KeyBuilder : IDisposable
{
    public const byte Encrypt = 0x0C;
    public const byte Sign = 0x03;

    private static readonly DateTimeOffset Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RSA _primary;
    private readonly byte[] _primaryBody;
    private readonly MemoryStream _packets = new();
    private int _subkeys;

    public KeyBuilder(int bits = 2048)
    {
        _primary = RsaKeys.Open(bits, 0);
        _primaryBody = KeyBody(_primary.ExportParameters(false), Created);
        Write(6, _primaryBody);
    }

    /// <summary>When the keys were made.</summary>
    public static DateTimeOffset Birth => Created;

    /// <summary>Starts with a primary key of numbers that nobody has the secret of.</summary>
    public static string OfNumbers(byte[] modulus, byte[] exponent)
    {
        var body = KeyBody(new RSAParameters { Modulus = modulus, Exponent = exponent }, Created);
        return Armour([.. Header(6, body.Length), .. body]);
    }

    public KeyBuilder User(byte flags = Sign, int lifetime = 0, bool isRevoked = false)
    {
        var name = Encoding.ASCII.GetBytes("Reader <reader@example.org>");
        Write(13, name);
        byte[] data = [0xB4, .. UInt32((uint)name.Length), .. name];
        WriteSignature(0x13, data, Flags(flags), KeyLifetime(lifetime), [11, 9, 7]);
        return isRevoked ? Signed(0x30, data) : this;
    }

    public KeyBuilder Subkey(byte flags = Encrypt, int bits = 2048, int lifetime = 0, bool isRevoked = false, int age = 0)
    {
        using var key = RsaKeys.Open(bits, ++_subkeys);
        var body = KeyBody(key.ExportParameters(false), Created.AddDays(-age));
        Write(14, body);
        var data = KeyData(body);
        WriteSignature(0x18, data, Flags(flags), KeyLifetime(lifetime));
        return isRevoked ? Signed(0x28, data) : this;
    }

    /// <summary>Revokes the whole key, with a reason where it is not 255.</summary>
    public KeyBuilder Revoked(byte reason = 255, DateTimeOffset? at = null)
    {
        WriteSignature(0x20, [], at, reason == 255 ? [] : [29, reason]);
        return this;
    }

    /// <summary>Adds signatures over the primary key alone, each a second after the one behind it.</summary>
    public KeyBuilder DirectSignatures(int count)
    {
        for (var index = 0; index < count; index++)
        {
            WriteSignature(0x1F, [], Created.AddSeconds(index));
        }

        return this;
    }

    /// <summary>Adds a packet as it is.</summary>
    public KeyBuilder Packet(int tag, params byte[] body)
    {
        Write(tag, body);
        return this;
    }

    public string Text() => Armour(_packets.ToArray());

    public void Dispose()
    {
        _primary.Dispose();
        _packets.Dispose();
    }

    public static string Armour(byte[] packets) =>
        $"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{Convert.ToBase64String(packets, Base64FormattingOptions.InsertLineBreaks)}\n"
        + "-----END PGP PUBLIC KEY BLOCK-----\n";

    private static byte[] KeyBody(RSAParameters numbers, DateTimeOffset created) =>
        [4, .. UInt32((uint)created.ToUnixTimeSeconds()), 1, .. Integer(numbers.Modulus!), .. Integer(numbers.Exponent!)];

    private static byte[] KeyData(byte[] body) => [0x99, (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static byte[] Flags(byte flags) => [27, flags];

    private static byte[] KeyLifetime(int seconds) => seconds == 0 ? [] : [9, .. UInt32((uint)seconds)];

    private static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Integer(byte[] number)
    {
        var bits = (number.Length * 8) - byte.LeadingZeroCount(number[0]);
        return [(byte)(bits >> 8), (byte)bits, .. number];
    }

    private static byte[] Header(int tag, int length) => [(byte)(0xC0 | tag), 0xFF, .. UInt32((uint)length)];

    private void Write(int tag, byte[] body)
    {
        _packets.Write(Header(tag, body.Length));
        _packets.Write(body);
    }

    private KeyBuilder Signed(byte type, byte[] data)
    {
        WriteSignature(type, data);
        return this;
    }

    private void WriteSignature(byte type, byte[] data, params byte[][] subpackets) =>
        WriteSignature(type, data, null, subpackets);

    private void WriteSignature(byte type, byte[] data, DateTimeOffset? at, params byte[][] subpackets)
    {
        byte[][] all = [[2, .. UInt32((uint)(at ?? Created).ToUnixTimeSeconds())], .. subpackets.Where(static part => part.Length > 0)];
        byte[] area = [.. all.SelectMany(static part => (byte[])[(byte)part.Length, .. part])];
        byte[] hashed = [4, type, 1, 8, (byte)(area.Length >> 8), (byte)area.Length, .. area];
        var hash = SHA256.HashData([.. KeyData(_primaryBody), .. data, .. hashed, 4, 0xFF, .. UInt32((uint)hashed.Length)]);
#pragma warning disable CA5350 // Keys of version 4 are named by it.
        var fingerprint = SHA1.HashData(KeyData(_primaryBody));
#pragma warning restore CA5350
        var value = _primary.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        value = value.AsSpan().TrimStart((byte)0).ToArray();
        Write(2, [.. hashed, 0, 10, 9, 16, .. fingerprint[^8..], hash[0], hash[1], .. Integer(value)]);
    }
}
