using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Makes the IMAP envelope (RFC 3501 section 7.4.2) of a header.</summary>
internal static class Envelope
{
    public static ImapValue Create(ParsedHeader header) => ImapValue.FromList(
    [
        Date(header),
        Subject(header),
        Addresses(header.Addresses("from"), []),
        Addresses(header.Addresses("sender"), header.Addresses("from")),
        Addresses(header.Addresses("reply-to"), header.Addresses("from")),
        Addresses(header.Addresses("to"), []),
        Addresses(header.Addresses("cc"), []),
        Addresses(header.Addresses("bcc"), []),
        ImapValue.FromTextOrNil(header.Last("in-reply-to")),
        ImapValue.FromTextOrNil(header.Last("message-id")),
    ]);

    private static ImapValue Date(ParsedHeader header)
    {
        if (!header.TryGetValue("date", out var date))
        {
            return ImapValue.Nil;
        }

        return date.IsRepeated
            ? ImapValue.FromList(date.Texts.Select(ImapValue.FromText))
            : ImapValue.FromTextOrNil(date.Last);
    }

    private static ImapValue Subject(ParsedHeader header)
    {
        var subject = "";
        if (header.TryGetValue("subject", out var value))
        {
            subject = value.IsRepeated
                ? value.Texts.LastOrDefault(static text => !Whitespace.Trim(text.AsSpan()).IsEmpty, "")
                : value.Last!;
        }

        // The text is taken as bytes once more, which costs raw non-ASCII characters their meaning.
        var bytes = new byte[subject.Length];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)subject[index];
        }

        return ImapValue.FromDecoded(Whitespace.Trim(EncodedWords.Decode(Encoding.UTF8.GetString(bytes))));
    }

    private static ImapValue Addresses(IReadOnlyList<MailAddress> addresses, IReadOnlyList<MailAddress> defaults)
    {
        var list = addresses.Count > 0 ? addresses : defaults;
        if (list.Count == 0)
        {
            return ImapValue.Nil;
        }

        var items = new List<ImapValue>(list.Count);
        Append(items, list);
        return ImapValue.FromList(items);
    }

    private static void Append(List<ImapValue> items, IReadOnlyList<MailAddress> addresses)
    {
        foreach (var address in addresses)
        {
            if (address.Group is null)
            {
                items.Add(Address(address));
                continue;
            }

            var name = address.Name.Length == 0
                ? ImapValue.FromText("")
                : ImapValue.FromDecoded(EncodedWords.Decode(address.Name));
            items.Add(ImapValue.FromList([ImapValue.Nil, ImapValue.Nil, name, ImapValue.Nil]));
            Append(items, address.Group);
            items.Add(ImapValue.FromList([ImapValue.Nil, ImapValue.Nil, ImapValue.Nil, ImapValue.Nil]));
        }
    }

    private static ImapValue Address(MailAddress entry)
    {
        var address = entry.Address;
        var first = address.IndexOf('@', StringComparison.Ordinal);
        var last = address.LastIndexOf('@');
        var mailbox = first < 0 ? address : address[..first];
        var host = last < 0 ? address : address[(last + 1)..];
        return ImapValue.FromList(
        [
            entry.Name.Length == 0 ? ImapValue.Nil : ImapValue.FromDecoded(EncodedWords.Decode(entry.Name)),
            ImapValue.Nil,
            mailbox.Length == 0 ? ImapValue.Nil : ImapValue.FromDecoded(EncodedWords.Decode(mailbox)),
            host.Length == 0 ? ImapValue.Nil : ImapValue.FromDecoded(Punycode.ToUnicode(host)),
        ]);
    }
}
