namespace Lmtp.Server.Delivery;

/// <summary>A header by which a spam scanner before us says what it found.</summary>
public sealed record SpamHeaderRule
{
    /// <summary>The name of the header field.</summary>
    public string Header { get; init; } = "";

    /// <summary>
    /// A regular expression that the value matches; letter case does not matter. It is matched in linear time, so that it
    /// has no look-around and back-references.
    /// </summary>
    public string Pattern { get; init; } = "";

    /// <summary>The spam score of such a message: 1 to 100.</summary>
    public int Score { get; init; }

    /// <summary>
    /// What rspamd, SpamAssassin and Exchange write. The scores of rspamd's actions are those that WildDuck gives them.
    /// </summary>
    public static IReadOnlyList<SpamHeaderRule> Defaults { get; } =
    [
        new() { Header = "X-Spam-Status", Pattern = "^yes\\b", Score = 100 },
        new() { Header = "X-Spam", Pattern = "^yes\\b", Score = 100 },
        new() { Header = "X-Rspamd-Action", Pattern = "^reject$", Score = 75 },
        new() { Header = "X-Rspamd-Action", Pattern = "^(rewrite subject|soft reject|greylist)$", Score = 50 },
        new() { Header = "X-Rspamd-Action", Pattern = "^add header$", Score = 25 },
        new() { Header = "X-MS-Exchange-Organization-SCL", Pattern = "^[7-9]$", Score = 100 },
        new() { Header = "X-MS-Exchange-Organization-SCL", Pattern = "^[56]$", Score = 75 },
        new() { Header = "X-Forefront-Antispam-Report", Pattern = "(^|;)SCL:[7-9](;|$)", Score = 100 },
        new() { Header = "X-Forefront-Antispam-Report", Pattern = "(^|;)SCL:[56](;|$)", Score = 75 },
    ];
}
