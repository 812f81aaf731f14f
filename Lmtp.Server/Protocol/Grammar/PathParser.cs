using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lmtp.Server.Protocol.Grammar;

/// <summary>
/// The <c>Path</c> grammar of RFC 5321 section 4.1.2 with the UTF-8 of RFC 6531. Lenient where the sending side was
/// lenient before (length and dots of a local part), strict where leniency would let something in.
/// </summary>
internal static class PathParser
{
    private const int MaxDomainBytes = 255;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads <c>&lt;&gt;</c> or <c>&lt;[A-d-l:]Mailbox&gt;</c>, and leaves what follows in <paramref name="rest"/>.</summary>
    public static PathStatus ParseReversePath(ReadOnlySpan<byte> input, out string address, out ReadOnlySpan<byte> rest)
    {
        if (input.StartsWith("<>"u8))
        {
            address = "";
            rest = input[2..];
            return PathStatus.Ok;
        }

        return ParsePath(input, allowPostmaster: false, out address, out rest);
    }

    /// <summary>Reads <c>&lt;Postmaster&gt;</c> or <c>&lt;[A-d-l:]Mailbox&gt;</c>.</summary>
    public static PathStatus ParseForwardPath(ReadOnlySpan<byte> input, out string address, out ReadOnlySpan<byte> rest) =>
        ParsePath(input, allowPostmaster: true, out address, out rest);

    private static PathStatus ParsePath(ReadOnlySpan<byte> input, bool allowPostmaster, out string address, out ReadOnlySpan<byte> rest)
    {
        address = "";
        rest = default;
        if (input.IsEmpty || input[0] != '<')
        {
            return PathStatus.NotAPath;
        }

        var inner = SkipSourceRoute(input[1..]);
        if (!TryLocalPart(inner, out var localLength))
        {
            return PathStatus.BadAddress;
        }

        var local = inner[..localLength];
        var after = inner[localLength..];
        if (allowPostmaster && !after.IsEmpty && after[0] == '>' && Ascii.EqualsIgnoreCase(local, "postmaster"u8))
        {
            address = Encoding.ASCII.GetString(local);
            rest = after[1..];
            return PathStatus.Ok;
        }

        var close = after.IndexOf((byte)'>');
        if (close < 2 || after[0] != '@' || !IsDomain(after[1..close]))
        {
            return PathStatus.BadAddress;
        }

        try
        {
            address = StrictUtf8.GetString(inner[..(localLength + close)]);
        }
        catch (DecoderFallbackException)
        {
            return PathStatus.BadAddress;
        }

        rest = after[(close + 1)..];
        return Ascii.IsValid(address) ? PathStatus.Ok : PathStatus.OkBeyondAscii;
    }

    /// <summary>A-d-l is accepted and ignored (RFC 5321 appendix C).</summary>
    private static ReadOnlySpan<byte> SkipSourceRoute(ReadOnlySpan<byte> inner)
    {
        if (inner.IsEmpty || inner[0] != '@')
        {
            return inner;
        }

        var colon = inner.IndexOf((byte)':');
        if (colon < 0)
        {
            return inner;
        }

        foreach (var hop in inner[..colon].Split((byte)','))
        {
            var domain = inner[hop];
            if (domain.IsEmpty || domain[0] != '@' || !IsDomain(domain[1..]))
            {
                return inner;
            }
        }

        return inner[(colon + 1)..];
    }

    private static bool TryLocalPart(ReadOnlySpan<byte> input, out int length) =>
        !input.IsEmpty && input[0] == '"' ? TryQuotedString(input, out length) : TryDotString(input, out length);

    private static bool TryDotString(ReadOnlySpan<byte> input, out int length)
    {
        length = 0;
        while (length < input.Length && (IsAtext(input[length]) || input[length] == '.'))
        {
            length++;
        }

        return length > 0;
    }

    private static bool TryQuotedString(ReadOnlySpan<byte> input, out int length)
    {
        for (length = 1; length < input.Length; length++)
        {
            if (input[length] == '"')
            {
                length++;
                return length > 2;
            }

            if (input[length] == '\\')
            {
                length++;
            }
        }

        return false;
    }

    /// <summary>Whether this is a <c>Domain</c> or an <c>address-literal</c>.</summary>
    private static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        if (domain.IsEmpty || domain.Length > MaxDomainBytes)
        {
            return false;
        }

        if (domain[0] == '[')
        {
            return domain[^1] == ']' && IsAddressLiteral(domain[1..^1]);
        }

        var labelLength = 0;
        foreach (var b in domain)
        {
            if (b == '.')
            {
                if (labelLength == 0)
                {
                    return false;
                }

                labelLength = 0;
            }
            else if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' || b >= 0x80)
            {
                labelLength++;
            }
            else
            {
                return false;
            }
        }

        return labelLength > 0;
    }

    private static bool IsAddressLiteral(ReadOnlySpan<byte> literal)
    {
        var isIPv6 = literal.Length > 5 && Ascii.EqualsIgnoreCase(literal[..5], "IPv6:"u8);
        return IPAddress.TryParse(Encoding.Latin1.GetString(isIPv6 ? literal[5..] : literal), out var address)
            && address.AddressFamily == (isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    private static bool IsAtext(byte b) =>
        b >= 0x80 || char.IsAsciiLetterOrDigit((char)b) || "!#$%&'*+-/=?^_`{|}~"u8.Contains(b);
}
