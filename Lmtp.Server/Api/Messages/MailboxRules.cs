using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;

namespace Lmtp.Server.Api.Messages;

/// <summary>What a request about a mailbox may hold.</summary>
internal static class MailboxRules
{
    private const int MaxLevels = 128;
    private const int MaxLevelLength = 512;
    private const int MaxPathLength = 4096;
    private const string Inbox = "INBOX";

    /// <summary>Numbers are kept as JavaScript keeps them, exact up to here.</summary>
    private const long MaxNumber = (1L << 53) - 1;

    public static FieldErrors Check(CreateMailboxRequest request)
    {
        var errors = new FieldErrors();
        CheckPath(errors, request.Path);
        errors.Range("retention", request.Retention, 0, MaxNumber);
        return errors;
    }

    public static FieldErrors Check(UpdateMailboxRequest request)
    {
        var errors = new FieldErrors();
        if (request.Path is not null)
        {
            CheckPath(errors, request.Path);
        }

        errors.Range("retention", request.Retention, 0, MaxNumber);
        return errors;
    }

    private static void CheckPath(FieldErrors errors, string path)
    {
        errors.Text("path", path, MaxPathLength);
        var levels = path.Split('/');
        if (levels.Length > MaxLevels)
        {
            errors.Add("path", $"At most {MaxLevels} levels.");
        }

        if (Array.Exists(levels, static level => string.IsNullOrWhiteSpace(level) || level.Length > MaxLevelLength))
        {
            errors.Add("path", $"Each level has 1 to {MaxLevelLength} characters.");
        }

        // IMAP knows INBOX in any letter case, and there is one only.
        if (path != Inbox && path.Equals(Inbox, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("path", "INBOX is there already.");
        }
    }
}
