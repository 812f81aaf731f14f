using System.Net;
using System.Net.Sockets;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>The names under which limits count, from what a transaction or a person says.</summary>
internal static class LimitSubjects
{
    private const int NetworkBytes = 8;

    /// <summary>A client that has connected.</summary>
    public static LimitSubject Of(IPAddress? client) => new() { Client = NameOf(client) };

    /// <summary>What MAIL told.</summary>
    public static LimitSubject Of(MailTransaction transaction, long size = 0)
    {
        var sender = transaction.ReversePath.Length == 0 ? null : MailAddressNormalizer.ForLookup(transaction.ReversePath);
        return new LimitSubject
        {
            Client = NameOf(transaction.Session.ClientAddress),
            Sender = sender,
            SenderDomain = sender is null ? null : DomainOf(sender),
            Size = size,
        };
    }

    /// <summary>What MAIL told, and one recipient.</summary>
    public static LimitSubject Of(MailTransaction transaction, string address, string? user, long size = 0) =>
        Of(transaction, size) with { RecipientUser = string.IsNullOrEmpty(user) ? null : user, RecipientDomain = DomainOf(address) };

    /// <summary>The name of a subject as somebody wrote it; null when there can be none of that kind.</summary>
    public static string? Parse(LimitedParty party, string text)
    {
        var name = text.Trim();
        return party switch
        {
            LimitedParty.Client => name.AsSpan().ContainsAny(':', '.') && IPAddress.TryParse(name, out var client) ? NameOf(client) : null,
            LimitedParty.Sender => IsAddress(name) ? MailAddressNormalizer.ForLookup(name) : null,
            LimitedParty.RecipientUser => ObjectId.TryParse(name, out var user) ? user.ToString() : null,
            _ => IsDomain(name) ? MailAddressNormalizer.NormalizeDomain(name) : null,
        };
    }

    private static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && text[0] != '+' && IsDomain(text[(at + 1)..]) && !text.Any(IsForeign);
    }

    private static bool IsDomain(string text) =>
        text.Length > 0 && text[0] != '.' && !text.Contains('@', StringComparison.Ordinal) && !text.Any(IsForeign);

    private static bool IsForeign(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || c is '/' or '*' or '?' or '#' or '%' or '\\';

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    // Whoever has one IPv6 address has the rest of its /64 too.
    private static string? NameOf(IPAddress? client)
    {
        if (client is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return client?.MapToIPv4().ToString();
        }

        var bytes = client.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes).ToString();
    }
}
