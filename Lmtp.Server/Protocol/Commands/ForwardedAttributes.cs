using System.Net;
using System.Text;
using Lmtp.Server.Protocol.Grammar;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>The <c>name=value</c> pairs of XCLIENT and XFORWARD, as Postfix documents them.</summary>
internal static class ForwardedAttributes
{
    private const string Unavailable = "[UNAVAILABLE]";
    private const string TemporarilyUnavailable = "[TEMPUNAVAIL]";
    private const string IPv6Prefix = "IPV6:";

    /// <summary>
    /// Reads the pairs; a value that the relay does not know is null. Returns null when the grammar is broken or a
    /// name is not among those allowed.
    /// </summary>
    public static Dictionary<string, string?>? Parse(ReadOnlySpan<byte> arguments, IReadOnlySet<string> allowed)
    {
        var attributes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var range in arguments.Split((byte)' '))
        {
            var pair = arguments[range];
            var equals = pair.IndexOf((byte)'=');
            if (equals <= 0)
            {
                return null;
            }

            var name = Encoding.ASCII.GetString(pair[..equals]).ToUpperInvariant();
            var value = pair[(equals + 1)..].IsEmpty ? "" : Xtext.Decode(pair[(equals + 1)..]);
            if (value is null || !allowed.Contains(name))
            {
                return null;
            }

            attributes[name] = value is Unavailable or TemporarilyUnavailable or "" ? null : value;
        }

        return attributes.Count == 0 ? null : attributes;
    }

    /// <summary>Reads ADDR; false when it is neither an IPv4 address nor an IPv6 address with its prefix.</summary>
    public static bool TryAddress(string text, out IPAddress? address) =>
        IPAddress.TryParse(text.StartsWith(IPv6Prefix, StringComparison.OrdinalIgnoreCase) ? text[IPv6Prefix.Length..] : text, out address);
}
