namespace Lmtp.Server.RateLimiting;

/// <summary>
/// How much mail is taken from whom and for whom. Section <c>Lmtp:RateLimits</c>. Each limit is a count and a period, and
/// off while its count is 0. Changes take effect without a restart.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:RateLimits";

    /// <summary>The longest time for which overrides may be remembered.</summary>
    public static readonly TimeSpan MaxOverrideCacheTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether mail is answered 451 (true) or taken without limits (false) while Redis does not answer.
    /// </summary>
    public bool FailClosed { get; set; }

    /// <summary>How long a check may take before Redis counts as away. 50 milliseconds to 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long overrides in the database are remembered. 0 to 5 seconds.</summary>
    public TimeSpan OverrideCacheTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections of a client address.</summary>
    public RateLimitRule ClientConnections { get; set; } = new();

    /// <summary>Transactions of a client address.</summary>
    public RateLimitRule ClientTransactions { get; set; } = new();

    /// <summary>Messages of an envelope sender.</summary>
    public RateLimitRule SenderMessages { get; set; } = new();

    /// <summary>Recipients of the messages of an envelope sender.</summary>
    public RateLimitRule SenderRecipients { get; set; } = new();

    /// <summary>KiB for an envelope sender, counted for each recipient.</summary>
    public RateLimitRule SenderKilobytes { get; set; } = new() { Period = TimeSpan.FromDays(1) };

    /// <summary>Messages of a sender domain.</summary>
    public RateLimitRule SenderDomainMessages { get; set; } = new();

    /// <summary>Recipients of the messages of a sender domain.</summary>
    public RateLimitRule SenderDomainRecipients { get; set; } = new();

    /// <summary>KiB for a sender domain, counted for each recipient.</summary>
    public RateLimitRule SenderDomainKilobytes { get; set; } = new() { Period = TimeSpan.FromDays(1) };

    /// <summary>Messages for a user, where the user's <c>receivedMax</c> does not say otherwise.</summary>
    public RateLimitRule RecipientUserMessages { get; set; } = new();

    /// <summary>KiB for a user.</summary>
    public RateLimitRule RecipientUserKilobytes { get; set; } = new() { Period = TimeSpan.FromDays(1) };

    /// <summary>Messages for a recipient domain.</summary>
    public RateLimitRule RecipientDomainMessages { get; set; } = new();

    /// <summary>KiB for a recipient domain.</summary>
    public RateLimitRule RecipientDomainKilobytes { get; set; } = new() { Period = TimeSpan.FromDays(1) };
}
