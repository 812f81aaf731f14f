namespace Lmtp.Server.Filters;

/// <summary>Paths of mailboxes: names separated by <c>/</c>.</summary>
public static class MailboxPath
{
    private const string Inbox = "INBOX";

    /// <summary>Whether a text can be the path of a mailbox, and how it is written: blanks round a name go.</summary>
    /// <param name="path">The text.</param>
    /// <param name="maxDepth">How many names it may have.</param>
    /// <param name="normalized">The path; empty when it cannot be one.</param>
    public static bool TryNormalize(string path, int maxDepth, out string normalized)
    {
        ArgumentNullException.ThrowIfNull(path);
        var names = path.Split('/', StringSplitOptions.TrimEntries);
        var isValid = names.Length <= maxDepth && !path.Any(char.IsControl) && Array.TrueForAll(names, name => name.Length > 0);

        // INBOX is the one name without letter case (RFC 3501 section 5.1).
        if (isValid && names[0].Equals(Inbox, StringComparison.OrdinalIgnoreCase))
        {
            names[0] = Inbox;
        }

        normalized = isValid ? string.Join('/', names) : "";
        return isValid;
    }
}
