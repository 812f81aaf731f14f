using System.Buffers.Binary;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>Reads the numbers and parts of packets; whatever reaches beyond the end makes the key unreadable.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new MessageEncryptionException("The OpenPGP key is damaged: a packet ends too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>A number of two bytes.</summary>
    public int UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <summary>A number of four bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A multiprecision integer (RFC 4880 section 3.2), without its length.</summary>
    public ReadOnlySpan<byte> Integer() => Take((UInt16() + 7) / 8);

    /// <summary>The next packet (RFC 4880 section 4.2). Keys have no packets of partial or unknown length.</summary>
    public PacketTag Packet(out ReadOnlySpan<byte> body)
    {
        var header = Byte();
        if ((header & 0x80) == 0)
        {
            throw new MessageEncryptionException("The OpenPGP key is damaged: no packet begins where one should.");
        }

        if ((header & 0x40) != 0)
        {
            body = Take(NewLength(partialFrom: 224));
            return (PacketTag)(header & 0x3F);
        }

        body = Take((header & 3) switch
        {
            0 => Byte(),
            1 => UInt16(),
            2 => Limited(UInt32()),
            _ => -1,
        });
        return (PacketTag)((header >> 2) & 0xF);
    }

    /// <summary>The next part of a signature (RFC 4880 section 5.2.3.1), which begins with its type.</summary>
    public ReadOnlySpan<byte> Subpacket() => Take(NewLength(partialFrom: 255));

    private static int Limited(uint length) => length > int.MaxValue ? -1 : (int)length;

    private int NewLength(int partialFrom)
    {
        int first = Byte();
        return first switch
        {
            < 192 => first,
            255 => Limited(UInt32()),
            _ when first >= partialFrom => -1,
            _ => ((first - 192) << 8) + Byte() + 192,
        };
    }
}
