using System.ComponentModel.DataAnnotations;

namespace Lmtp.Server.Storage;

/// <summary>Where mail is kept. Section <c>Lmtp:Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Storage";

    /// <summary>
    /// The database of mailboxes and messages. Null takes the one that the connection string <c>maildb</c> names, else
    /// <c>mail</c>. Also set by the environment variable DB_NAME.
    /// </summary>
    public string? Database { get; set; }

    /// <summary>The database of users and addresses (WildDuck's <c>dbs.users</c>); null: the same as of messages.</summary>
    public string? UsersDatabase { get; set; }

    /// <summary>The database of attachments (WildDuck's <c>dbs.gridfs</c>); null: the same as of messages.</summary>
    public string? AttachmentsDatabase { get; set; }

    /// <summary>ZoneMTA's queue database (WildDuck's <c>dbs.sender</c>), to which forwards and autoreplies are written.</summary>
    [Required]
    public string QueueDatabase { get; set; } = "zone-mta";

    /// <summary>The sending zone of ZoneMTA that takes forwards and autoreplies (WildDuck's <c>sender.zone</c>).</summary>
    [Required]
    public string SendingZone { get; set; } = "default";

    /// <summary>Our own database: delivery claims, delivery log, portal accounts, API keys.</summary>
    [Required]
    public string OwnDatabase { get; set; } = "lmtp";

    /// <summary>The Redis database number (WildDuck uses 3); null takes the connection string's.</summary>
    [Range(0, 65535)]
    public int? RedisDatabase { get; set; }

    /// <summary>Whether indexes that are missing are created at start, in the background.</summary>
    public bool CreateIndexes { get; set; } = true;

    /// <summary>Whether base64 attachments are stored decoded where WildDuck would (its <c>attachments.decodeBase64</c>).</summary>
    public bool DecodeBase64 { get; set; } = true;

    /// <summary>The quota in bytes of users without one of their own, unless the setting <c>const:max:storage</c> says otherwise.</summary>
    [Range(0, long.MaxValue)]
    public long DefaultQuota { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// Whether expired messages, unused attachments and deleted users are cleaned up by this server. Leave it off
    /// where WildDuck's task runner does it. Followed without a restart.
    /// </summary>
    public bool Upkeep { get; set; }

    /// <summary>How often upkeep runs. 1 second to 1 day; followed without a restart.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan UpkeepInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a delivery, or the change of a message, that was begun belongs to the server that began it; after that another
    /// one may finish it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long one server may write into a mailbox, by a lease in Redis, before others do so too. 0: servers take no heed
    /// of each other, and an IMAP session may miss a message until it opens the mailbox again. Followed without a restart.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MailboxLease { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a retry of a stored message is recognised when the client never had the answer.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan ClaimRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often deliveries and changes of messages that nobody finished are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);
}
