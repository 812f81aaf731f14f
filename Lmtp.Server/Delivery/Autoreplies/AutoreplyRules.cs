using System.Text.RegularExpressions;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Autoreplies;

/// <summary>
/// Which messages are answered while somebody is away: none of machines, lists and scanners, so that no two machines
/// answer each other. Specification section 7.6, RFC 3834 section 2.
/// </summary>
internal static partial class AutoreplyRules
{
    /// <summary>Why the message gets no reply; null when it gets one, as far as the message decides.</summary>
    public static string? Refusal(string sender, string recipient, ParsedHeader header)
    {
        if (MachineSender().IsMatch(sender))
        {
            return "the sender is a machine";
        }

        if (string.Equals(sender, recipient, StringComparison.OrdinalIgnoreCase))
        {
            return "the sender is the recipient";
        }

        if (First(header, "auto-submitted") is { Length: > 0 } submitted
            && !submitted.Equals("no", StringComparison.OrdinalIgnoreCase))
        {
            return "Auto-Submitted";
        }

        if (First(header, "precedence").ToLowerInvariant() is "list" or "junk" or "bulk")
        {
            return "Precedence";
        }

        if (header.Any(field => field.Key.StartsWith("list-", StringComparison.Ordinal)))
        {
            return "a mailing list";
        }

        return Suppressed().IsMatch(First(header, "x-auto-response-suppress")) ? "X-Auto-Response-Suppress" : null;
    }

    /// <summary>Whether an autoreply is switched on at a moment.</summary>
    public static bool IsActive(Autoreply autoreply, DateTimeOffset now) =>
        autoreply.IsEnabled && !(autoreply.Start > now) && !(autoreply.End < now);

    private static string First(ParsedHeader header, string name) =>
        header.Texts(name) is [var first, ..] ? first.Trim() : string.Empty;

    [GeneratedRegex("mailer-daemon|no-?reply", RegexOptions.IgnoreCase)]
    private static partial Regex MachineSender();

    [GeneratedRegex("OOF|AutoReply", RegexOptions.IgnoreCase)]
    private static partial Regex Suppressed();
}
