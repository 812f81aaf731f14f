using System.ComponentModel.DataAnnotations;

namespace Lmtp.Server.Delivery;

/// <summary>What becomes of mail between reception and storage. Section <c>Lmtp:Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Delivery";

    /// <summary>The longest time for which the owner of an exact address may be remembered.</summary>
    public static readonly TimeSpan MaxAddressCacheTime = TimeSpan.FromSeconds(5);

    /// <summary>Where large messages wait for their delivery; null takes a folder in the system's temporary folder.</summary>
    public string? SpoolDirectory { get; set; }

    /// <summary>Bytes of one message that are kept in memory before it goes to a file. 64 KiB to 1 GiB.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int SpoolMemoryPerMessage { get; set; } = 1024 * 1024;

    /// <summary>
    /// Bytes that all messages in reception may keep in memory together; when they are used up, new ones wait. 1 MiB
    /// and more.
    /// </summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long SpoolMemoryBudget { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// How deep the parts of a message may be nested before it is answered 554 5.6.0. 1 to 47, the most that a document
    /// of the database can hold.
    /// </summary>
    [Range(1, Mime.MessageIndexerOptions.MaxNesting)]
    public int MaxMimeDepth { get; set; } = Mime.MessageIndexerOptions.MaxNesting;

    /// <summary>How long the owner of an exact address is remembered. 0 to 5 seconds; 0 asks the database each time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan AddressCacheTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many users are delivered to at once, for all messages together. 1 to 10000.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>How many deliveries at once one user may have. 1 to 10000.</summary>
    [Range(1, 10_000)]
    public int ConcurrencyPerUser { get; set; } = 10;

    /// <summary>How long a delivery waits for its turn when the user has too many, before 451 4.3.2.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ConcurrencyPerUserWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Whether a message that the mailbox has already (same Message-ID and Date) is answered 250 and not stored again.
    /// </summary>
    public bool SuppressDuplicates { get; set; } = true;

    /// <summary>Whether two addresses of one user in one transaction give one copy (true) or two (false).</summary>
    public bool OneCopyPerMailbox { get; set; } = true;

    /// <summary>Whether a full mailbox is answered 552 5.2.2 (true) or 452 4.2.2 (false).</summary>
    public bool QuotaIsPermanent { get; set; }

    /// <summary>How many forwards a day a user or an address without a limit of its own may make. 1 to 1000000000.</summary>
    [Range(1, 1_000_000_000)]
    public long ForwardsPerDay { get; set; } = 2000;

    /// <summary>
    /// How many filters of a user are applied, in their order, and how many it may have by the API. 1 to 10000.
    /// </summary>
    [Range(1, 10_000)]
    public int FiltersPerUser { get; set; } = 500;

    /// <summary>
    /// How many conditions the filters of a user may have together; the filter with one more, and those after it, are not
    /// applied. 1 to 100000.
    /// </summary>
    [Range(1, 100_000)]
    public int FilterConditionsPerUser { get; set; } = 2000;

    /// <summary>
    /// The secret with which forwarded messages are marked, so that one that comes back is not forwarded again
    /// (WildDuck's <c>sender.loopSecret</c>); empty: only Received headers are counted.
    /// </summary>
    public string? LoopSecret { get; set; }

    /// <summary>
    /// How full a mailbox is, in percent of its quota, when its user is told so by mail. 0 (off) to 100.
    /// </summary>
    [Range(0, 100)]
    public int QuotaWarningLevel { get; set; }

    /// <summary>Whether the recipient that ORCPT tells of is written into the message as X-Original-To.</summary>
    public bool AddOriginalRecipient { get; set; }

    /// <summary>
    /// Headers by which spam scanners before us say what they found; null takes
    /// <see cref="SpamHeaderRule.Defaults"/>, an empty list none.
    /// </summary>
    public IReadOnlyList<SpamHeaderRule>? SpamRules { get; set; }

    /// <summary>The header whose value YES marks spam. Also set by the environment variable SPAM_HEADER; empty: none.</summary>
    public string SpamHeader { get; set; } = "X-Spam-Flag";
}
