using System.Globalization;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>The addresses in a header as the outgoing queue keeps them: each once, domains in ASCII.</summary>
internal static class HeaderAddresses
{
    private static readonly IdnMapping Idn = new();

    public static QueueEnvelope Of(ParsedHeader header) => new()
    {
        From = List(header, "from").FirstOrDefault(),
        To = List(header, "to"),
        Cc = List(header, "cc"),
        Bcc = List(header, "bcc"),
        ReplyTo = List(header, "reply-to").FirstOrDefault(),
        Sender = List(header, "sender").FirstOrDefault(),
    };

    /// <summary>The address with its domain in lower case and ASCII.</summary>
    public static string Normalize(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return address;
        }

        var domain = address[(at + 1)..].Trim().ToLowerInvariant();
        try
        {
            domain = Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // No domain name that has an ASCII form; it stays as it is.
        }

        return $"{address[..at].Trim()}@{domain}";
    }

    private static List<string> List(ParsedHeader header, string name) =>
        [.. Flat(header.Addresses(name)).Where(address => address.Length > 0).Select(Normalize).Distinct()];

    private static IEnumerable<string> Flat(IEnumerable<MailAddress> addresses) =>
        addresses.SelectMany(address => address.Group is { } group ? Flat(group) : [address.Address]);
}
