using System.Buffers;

namespace Lmtp.Server.Filters.Extensions;

/// <summary>Reads the actions.</summary>
internal static class ActionParser
{
    private const int MaxReject = 200;
    private const int MaxPath = 255;
    private const int MaxDepth = 16;
    private const int MaxKeyword = 64;
    private const int MaxEntries = 10;
    private const int MaxAddress = 254;

    // RFC 3501 section 9: what an atom cannot hold.
    private static readonly SearchValues<char> AtomSpecials = SearchValues.Create("(){%*\"\\]");

    public static FilterAction Parse(FieldReader reader)
    {
        var forward = reader.Texts("forward", MaxEntries, CheckAddress);
        var redirect = reader.Texts("redirect", MaxEntries, CheckAddress);
        var action = new FilterAction
        {
            Seen = reader.Flag("seen"),
            Flag = reader.Flag("flagged"),
            Keywords = reader.Texts("keywords", MaxEntries, CheckKeyword),
            Spam = reader.Flag("spam"),
            Delete = reader.Flag("delete"),
            MailboxPath = reader.Document("mailbox") is { } mailbox ? Mailbox(mailbox) : null,
            Reject = Reject(reader),
            Targets = [.. forward.Concat(redirect).Select(address => new ForwardTarget("mail", address))],
            IsRedirect = redirect.Count > 0,
            Stop = reader.Flag("stop") ?? false,
            Order = [.. reader.Names.Select(name => name == "flagged" ? "flag" : name)],
        };
        reader.End();
        return action;
    }

    private static MailboxChoice? Mailbox(FieldReader reader)
    {
        var path = reader.RequiredText("path", MaxPath);
        var create = reader.Flag("create") ?? false;
        reader.End();
        if (path is null)
        {
            return null;
        }

        if (MailboxPath.TryNormalize(path, MaxDepth, out var normalized))
        {
            return new MailboxChoice(normalized, create);
        }

        reader.Fail("path", "must be names separated by /, without empty ones and control characters");
        return null;
    }

    private static string? Reject(FieldReader reader)
    {
        var text = reader.Text("reject", MaxReject);
        if (text is not null && (text.Any(char.IsControl) || string.IsNullOrWhiteSpace(text)))
        {
            reader.Fail("reject", "must be one line of text");
            return null;
        }

        return text;
    }

    private static string? CheckKeyword(string keyword) =>
        keyword.Length is 0 or > MaxKeyword || keyword.AsSpan().ContainsAnyExceptInRange('!', '~') || keyword.AsSpan().ContainsAny(AtomSpecials)
            ? $"must be an IMAP keyword of at most {MaxKeyword} characters"
            : null;

    private static string? CheckAddress(string address)
    {
        var at = address.LastIndexOf('@');
        return address.Length <= MaxAddress && at > 0 && at < address.Length - 1
            && address.IndexOf('@', StringComparison.Ordinal) == at
            && !address.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or '*' or ',' or ';')
            ? null
            : "must be a mail address";
    }
}
