using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>The header of HAProxy's PROXY protocol, version 1 (text) and 2 (binary).</summary>
/// <param name="Source">Where the client really is; null when the proxy does not say (LOCAL, UNKNOWN, other families).</param>
/// <param name="Length">The header's length in bytes.</param>
internal readonly record struct ProxyHeader(IPEndPoint? Source, int Length)
{
    /// <summary>Version 1 headers are no longer than this, CRLF included.</summary>
    private const int MaxTextLength = 107;

    /// <summary>Longer than any real version 2 header; keeps a hostile one from being waited for.</summary>
    private const int MaxBinaryLength = 4_096;

    private const int BinaryHead = 16;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads the header that the input begins with.</summary>
    public static ProxyHeaderStatus Parse(in ReadOnlySequence<byte> input, out ProxyHeader header)
    {
        header = default;
        var length = (int)Math.Min(input.Length, BinaryHead + MaxBinaryLength);
        var bytes = input.IsSingleSegment ? input.FirstSpan[..length] : input.Slice(0, length).ToArray();
        if (StartsAlike(bytes, Signature))
        {
            return bytes.Length < BinaryHead ? ProxyHeaderStatus.Incomplete : ParseBinary(bytes, out header);
        }

        return StartsAlike(bytes, "PROXY "u8) ? ParseText(bytes, out header) : ProxyHeaderStatus.Invalid;
    }

    private static bool StartsAlike(ReadOnlySpan<byte> input, ReadOnlySpan<byte> prefix)
    {
        var length = Math.Min(input.Length, prefix.Length);
        return input[..length].SequenceEqual(prefix[..length]);
    }

    private static ProxyHeaderStatus ParseText(ReadOnlySpan<byte> input, out ProxyHeader header)
    {
        header = default;
        var end = input[..Math.Min(input.Length, MaxTextLength)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return input.Length < MaxTextLength ? ProxyHeaderStatus.Incomplete : ProxyHeaderStatus.Invalid;
        }

        var words = Encoding.ASCII.GetString(input[..end]).Split(' ');
        if (words is [_, "UNKNOWN", ..])
        {
            header = new ProxyHeader(null, end + 2);
            return ProxyHeaderStatus.Complete;
        }

        if (words is not [_, "TCP4" or "TCP6", var source, var destination, var sourcePort, var destinationPort]
            || !TryAddress(words[1], source, out var address)
            || !TryAddress(words[1], destination, out _)
            || !ushort.TryParse(sourcePort, out var port)
            || !ushort.TryParse(destinationPort, out _))
        {
            return ProxyHeaderStatus.Invalid;
        }

        header = new ProxyHeader(new IPEndPoint(address!, port), end + 2);
        return ProxyHeaderStatus.Complete;
    }

    private static bool TryAddress(string family, string text, out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && address.AddressFamily == (family == "TCP4" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6);

    private static ProxyHeaderStatus ParseBinary(ReadOnlySpan<byte> input, out ProxyHeader header)
    {
        const int tcp4Length = 12;
        const int tcp6Length = 36;
        header = default;
        var command = input[12];
        var length = BinaryPrimitives.ReadUInt16BigEndian(input[14..]);
        if (command is not (0x20 or 0x21) || length > MaxBinaryLength)
        {
            return ProxyHeaderStatus.Invalid;
        }

        if (input.Length < BinaryHead + length)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        var addresses = input.Slice(BinaryHead, length);
        IPEndPoint? source = null;
        switch (command, input[13])
        {
            case (0x21, 0x11) when length >= tcp4Length:
                source = new IPEndPoint(new IPAddress(addresses[..4]), BinaryPrimitives.ReadUInt16BigEndian(addresses[8..]));
                break;
            case (0x21, 0x21) when length >= tcp6Length:
                source = new IPEndPoint(new IPAddress(addresses[..16]), BinaryPrimitives.ReadUInt16BigEndian(addresses[32..]));
                break;
            case (0x21, 0x11 or 0x21):
                return ProxyHeaderStatus.Invalid;
        }

        header = new ProxyHeader(source, BinaryHead + length);
        return ProxyHeaderStatus.Complete;
    }
}
