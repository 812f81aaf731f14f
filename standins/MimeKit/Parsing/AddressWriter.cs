using System.Text;
using MimeKit.Encodings;

namespace MimeKit.Parsing;

/// <summary>Writes addresses as words between which a header may be folded.</summary>
internal static class AddressWriter
{
    public static IEnumerable<string> Words(IEnumerable<InternetAddress> addresses, FormatOptions options, bool encode)
    {
        string? held = null;
        foreach (var address in addresses)
        {
            var isFirstWord = true;
            foreach (var word in Words(address, options, encode))
            {
                if (held is not null)
                {
                    yield return isFirstWord ? held + "," : held;
                }

                held = word;
                isFirstWord = false;
            }
        }

        if (held is not null)
        {
            yield return held;
        }
    }

    public static IEnumerable<string> Words(InternetAddress address, FormatOptions options, bool encode)
    {
        if (address is GroupAddress group)
        {
            var members = Words(group.Members, options, encode).ToList();
            var name = string.Join(' ', Name(group.Name ?? string.Empty, group.Encoding, options, encode));
            return members.Count == 0 ? [$"{name}:;"] : [$"{name}:", .. members[..^1], $"{members[^1]};"];
        }

        var mailbox = (MailboxAddress)address;
        var text = encode && !options.International ? IdnDomain.Encode(mailbox.Address) : mailbox.Address;
        return string.IsNullOrEmpty(mailbox.Name) ? [text] : [.. Name(mailbox.Name, mailbox.Encoding, options, encode), $"<{text}>"];
    }

    private static IEnumerable<string> Name(string name, Encoding encoding, FormatOptions options, bool encode)
    {
        var text = EncodedWordReader.Unfold(name);
        if (!encode)
        {
            return [Utils.MimeUtils.Quote(text)];
        }

        var isPlain = !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("=?", StringComparison.Ordinal);
        if (!isPlain && !options.International)
        {
            return EncodedWordWriter.Encode(encoding, text);
        }

        return text.All(static character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-/=?^_`{|}~ ".Contains(character, StringComparison.Ordinal))
            && text.Trim().Length == text.Length
            ? text.Split(' ')
            : [Utils.MimeUtils.Quote(text)];
    }
}
