using System.Text.RegularExpressions;

namespace Lmtp.Tests.Processes;

/// <summary>Reads the message id out of a final reply.</summary>
internal static partial class StoredReply
{
    public static string MessageId(string reply)
    {
        var match = Stored().Match(reply);
        Assert.True(match.Success, $"Not stored: {reply}");
        return match.Groups[1].Value;
    }

    public static bool IsDuplicate(string reply) => reply.Contains("duplicate", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^250 2\\.1\\.5 Message stored as ([0-9a-f]{24})\\b")]
    private static partial Regex Stored();
}
