using Lmtp.Server.Filters;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>A document of <c>users</c>, as far as delivery and administration look at it. Specification section 2.1.</summary>
public sealed record MailUser
{
    /// <summary><c>users._id</c>.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>The login name.</summary>
    public required string Username { get; init; }

    /// <summary>The login name as the unique key has it.</summary>
    public required string View { get; init; }

    /// <summary>The display name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The main address; empty when there is none.</summary>
    public required string Address { get; init; }

    /// <summary>The language tag, or null.</summary>
    public string? Language { get; init; }

    /// <summary>The sizes of all stored messages together, in bytes.</summary>
    public long StorageUsed { get; init; }

    /// <summary>The user's own quota in bytes; 0 when the server's default applies.</summary>
    public long Quota { get; init; }

    /// <summary>0 (everything is spam) to 100 (nothing is); null when not set, which decides nothing.</summary>
    public double? SpamLevel { get; init; }

    /// <summary>Messages a minute that the user may receive; 0 takes the server's default.</summary>
    public long ReceivedMax { get; init; }

    /// <summary>Forwards a day; 0 takes the server's default.</summary>
    public long Forwards { get; init; }

    /// <summary>How long messages in a new mailbox are kept, in milliseconds; 0: for ever.</summary>
    public long Retention { get; init; }

    /// <summary>Where all mail is forwarded to.</summary>
    public IReadOnlyList<ForwardTarget> Targets { get; init; } = [];

    /// <summary>The URL of the SMTP server that takes the user's outgoing mail, or null.</summary>
    public string? Relay { get; init; }

    /// <summary>Whether stored mail is to be encrypted, where there is a key.</summary>
    public bool EncryptsMessages { get; init; }

    /// <summary>Whether forwarded mail is to be encrypted, where there is a key.</summary>
    public bool EncryptsForwards { get; init; }

    /// <summary>S/MIME certificates, PEM texts; they go before <see cref="PubKey"/>.</summary>
    internal IReadOnlyList<string> SmimeCerts { get; init; } = [];

    /// <summary>The cipher for S/MIME, or null.</summary>
    internal string? SmimeCipher { get; init; }

    /// <summary>How S/MIME encrypts its keys with RSA, or null.</summary>
    internal string? SmimeKeyTransport { get; init; }

    /// <summary>An OpenPGP key, armoured, or null.</summary>
    internal string? PubKey { get; init; }

    /// <summary>Whether the detail of an address chooses the mailbox.</summary>
    public DetailRouting DetailRouting { get; init; }

    /// <summary>Whether the user was told that the mailbox is nearly full.</summary>
    internal bool IsQuotaWarned { get; init; }

    /// <summary>How many such warnings there were.</summary>
    internal long QuotaWarnings { get; init; }

    /// <summary>Whether an autoreply is to be looked for.</summary>
    public bool HasAutoreply { get; init; }

    /// <summary>Whether the user is switched off; nothing is delivered then.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Whether the account is complete; false only while it is being made.</summary>
    public bool IsActivated { get; init; }

    /// <summary>Free words that other systems and domain rules go by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Tags in lower case, by which domain rules are found.</summary>
    public IReadOnlyList<string> TagViews { get; init; } = [];

    /// <summary>When the user was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The whole document.</summary>
    internal BsonDocument Document { get; init; } = [];

    internal static MailUser From(BsonDocument document) => new()
    {
        Id = document["_id"].AsObjectId,
        Username = document.StringOrEmpty("username"),
        View = document.StringOrEmpty("unameview"),
        Name = document.StringOrNull("name"),
        Address = document.StringOrEmpty("address"),
        Language = document.StringOrNull("language"),
        StorageUsed = document.Number("storageUsed"),
        Quota = document.Number("quota"),
        SpamLevel = document.GetValue("spamLevel", BsonNull.Value) is { IsNumeric: true } level ? level.ToDouble() : null,
        ReceivedMax = document.Number("receivedMax"),
        Forwards = document.Number("forwards"),
        Retention = document.Number("retention"),
        Targets = FilterStore.ToTargets(document.GetValue("targets", BsonNull.Value)),
        Relay = document.DocumentOrNull("mtaRelay")?.StringOrNull("value"),
        EncryptsMessages = document.IsTrue("encryptMessages"),
        EncryptsForwards = document.IsTrue("encryptForwarded"),
        SmimeCerts = document.Strings("smimeCerts"),
        SmimeCipher = document.StringOrNull("smimeCipher"),
        SmimeKeyTransport = document.StringOrNull("smimeKeyTransport"),
        PubKey = document.StringOrNull("pubKey"),
        DetailRouting = document.DocumentOrNull("lmtp")?.StringOrNull("detailRouting") switch
        {
            "existing" => DetailRouting.Existing,
            "create" => DetailRouting.Create,
            _ => DetailRouting.Off,
        },
        QuotaWarnings = document.DocumentOrNull("lmtp")?.Number("quotaWarnings") ?? 0,
        IsQuotaWarned = document.DocumentOrNull("lmtp")?.IsTrue("quotaWarned") ?? false,
        HasAutoreply = document.IsTrue("autoreply"),
        IsDisabled = document.IsTrue("disabled"),
        IsActivated = document.IsTrue("activated"),
        Tags = document.Strings("tags"),
        TagViews = document.Strings("tagsview"),
        Created = document.TimeOrDefault("created"),
        Document = document,
    };
}
