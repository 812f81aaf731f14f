using Lmtp.Server.Mime;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery;

/// <summary>Who of a message's authors is worth remembering. Specification section 2.13.</summary>
internal static class Correspondents
{
    private static readonly string[] AutomaticMail = ["list-id", "auto-submitted", "x-auto-response-suppress"];

    /// <summary>The authors in From, none of them for lists, automatic mail and addresses that nobody answers at.</summary>
    public static IEnumerable<MessageAddress> Of(IndexedMessage message)
    {
        var header = message.Root.ParsedHeader;
        return AutomaticMail.Any(header.Contains)
            ? []
            : header.From
                .Where(entry => entry.Address.Length > 0 && !AddressRegister.IsNoReply(entry.Address))
                .Select(entry => new MessageAddress(EncodedWords.Decode(entry.Name), entry.Address));
    }

    /// <summary>The domain of the first author in From, else of Sender; null when neither has an address.</summary>
    public static string? SenderDomain(IndexedMessage message)
    {
        var header = message.Root.ParsedHeader;
        var authors = header.From.Count > 0 ? header.From : header.Addresses("sender");
        var address = authors.SelectMany(entry => entry.Group ?? [entry]).FirstOrDefault()?.Address;
        return string.IsNullOrEmpty(address)
            ? null
            : MailAddressNormalizer.NormalizeDomain(address[(address.LastIndexOf('@') + 1)..]);
    }
}
