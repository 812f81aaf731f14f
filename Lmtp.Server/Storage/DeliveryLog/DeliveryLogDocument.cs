using MongoDB.Bson;

namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>An entry of the delivery log as a document and back. What is null or empty has no field.</summary>
internal static class DeliveryLogDocument
{
    public const string Address = "address";
    public const string ExpireAt = "expireAt";
    public const string MessageId = "messageId";
    public const string Outcome = "outcome";
    public const string QueueId = "queueId";
    public const string Sender = "sender";
    public const string Session = "session";
    public const string Time = "time";
    public const string User = "user";

    public static BsonDocument From(DeliveryRecord record, DateTimeOffset expireAt)
    {
        var document = new BsonDocument
        {
            { "_id", record.Id },
            { Time, record.Time.UtcDateTime },
            { ExpireAt, expireAt.UtcDateTime },
            { "server", record.Server },
            { "phase", record.Phase == DeliveryPhase.Rcpt ? "rcpt" : "message" },
            { Session, record.Session },
            { "clientHost", record.ClientHost },
            { "lhlo", record.LhloName },
            { Sender, record.Sender },
            { "recipient", record.Recipient },
            { Address, record.Address },
            { Outcome, record.Outcome },
            { "reply", record.Reply },
            { "duration", record.Duration.TotalMilliseconds },
        };
        AddOptional(document, record);
        AddLists(document, record);
        return document;
    }

    public static DeliveryRecord Read(BsonDocument document) => new()
    {
        Id = document["_id"].AsObjectId,
        Time = document.TimeOrDefault(Time),
        Server = document.StringOrEmpty("server"),
        Phase = document.StringOrEmpty("phase") == "rcpt" ? DeliveryPhase.Rcpt : DeliveryPhase.Message,
        Session = document.StringOrEmpty(Session),
        Transaction = document.IdOrNull("transaction"),
        ClientAddress = document.StringOrNull("clientAddress"),
        ClientHost = document.StringOrEmpty("clientHost"),
        LhloName = document.StringOrEmpty("lhlo"),
        TlsCipher = document.StringOrNull("tls"),
        Account = document.StringOrNull("account"),
        QueueId = document.StringOrNull(QueueId),
        EnvelopeId = document.StringOrNull("envelopeId"),
        Sender = document.StringOrEmpty(Sender),
        Recipient = document.StringOrEmpty("recipient"),
        Address = document.StringOrEmpty(Address),
        OriginalRecipient = document.StringOrNull("originalRecipient"),
        User = document.IdOrNull(User),
        Size = document.NumberOrNull("size"),
        MessageId = document.StringOrNull(MessageId),
        Subject = document.StringOrNull("subject"),
        Outcome = document.StringOrEmpty(Outcome),
        Reply = document.StringOrEmpty("reply"),
        Flags = document.Strings("flags"),
        Duration = Milliseconds(document, "duration"),
        TraceId = document.StringOrNull("traceId"),
        Spam = document.DocumentOrNull("spam") is { } spam ? ReadSpam(spam) : null,
        Place = document.DocumentOrNull("place") is { } place ? ReadPlace(place) : null,
        Encryption = document.DocumentOrNull("encryption") is { } encryption
            ? new EncryptionReading(encryption.StringOrNull("kind"), encryption.StringOrNull("reason"))
            : null,
        Resolution = Items(document, "resolution", step =>
            new ResolutionStep(step.StringOrEmpty("step"), step.StringOrEmpty("result"))),
        Limits = Items(document, "limits", ReadLimit),
        Filters = Items(document, "filters", ReadFilter),
        Outgoing = Items(document, "outgoing", ReadOutgoing),
        Stages = Items(document, "stages", stage =>
            new StageDuration(stage.StringOrEmpty("stage"), Milliseconds(stage, "duration"))),
    };

    private static void AddOptional(BsonDocument document, DeliveryRecord record)
    {
        Add(document, "transaction", record.Transaction);
        Add(document, "clientAddress", record.ClientAddress);
        Add(document, "tls", record.TlsCipher);
        Add(document, "account", record.Account);
        Add(document, QueueId, record.QueueId);
        Add(document, "envelopeId", record.EnvelopeId);
        Add(document, "originalRecipient", record.OriginalRecipient);
        Add(document, User, record.User);
        Add(document, "size", record.Size);
        Add(document, MessageId, record.MessageId);
        Add(document, "subject", record.Subject);
        Add(document, "traceId", record.TraceId);
        Add(document, "spam", record.Spam is { } spam ? Spam(spam) : null);
        Add(document, "place", record.Place is { } place ? Place(place) : null);
        Add(document, "encryption", record.Encryption is { } encryption ? Encryption(encryption) : null);
    }

    private static void AddLists(BsonDocument document, DeliveryRecord record)
    {
        AddList(document, "flags", record.Flags, flag => (BsonValue)flag);
        AddList(document, "resolution", record.Resolution, step =>
            new BsonDocument { { "step", step.Step }, { "result", step.Result } });
        AddList(document, "limits", record.Limits, limit => new BsonDocument
        {
            { "name", limit.Name },
            { "value", limit.Value },
            { "limit", limit.Limit },
            { "unit", limit.Unit },
            { "exceeded", limit.IsExceeded },
        });
        AddList(document, "filters", record.Filters, Filter);
        AddList(document, "outgoing", record.Outgoing, Outgoing);
        AddList(document, "stages", record.Stages, stage =>
            new BsonDocument { { "stage", stage.Stage }, { "duration", stage.Duration.TotalMilliseconds } });
    }

    private static BsonDocument Filter(FilterReading filter)
    {
        var document = new BsonDocument { { "id", filter.Id } };
        Add(document, "name", filter.Name);
        document.Add("applied", filter.Applied);
        document.Add("reason", filter.Reason);
        AddList(document, "conditions", filter.Conditions, condition =>
        {
            var item = new BsonDocument { { "condition", condition.Condition }, { "met", condition.IsMet } };
            Add(item, "reason", condition.Reason);
            return item;
        });
        return document;
    }

    private static FilterReading ReadFilter(BsonDocument filter) => new(
        filter.StringOrEmpty("id"),
        filter.StringOrNull("name"),
        filter.IsTrue("applied"),
        Items(filter, "conditions", condition => new ConditionReading(
            condition.StringOrEmpty("condition"), condition.IsTrue("met"), condition.StringOrNull("reason"))),
        filter.StringOrEmpty("reason"));

    private static LimitReading ReadLimit(BsonDocument limit) => new(
        limit.StringOrEmpty("name"),
        Double(limit, "value") ?? 0,
        Double(limit, "limit") ?? 0,
        limit.StringOrEmpty("unit"),
        limit.IsTrue("exceeded"));

    private static BsonDocument Outgoing(OutgoingReading outgoing)
    {
        var document = new BsonDocument { { "kind", outgoing.Kind }, { "targets", new BsonArray(outgoing.Targets) } };
        Add(document, QueueId, outgoing.QueueId);
        Add(document, "reason", outgoing.Reason);
        Add(document, "encryption", outgoing.Encryption);
        return document;
    }

    private static OutgoingReading ReadOutgoing(BsonDocument outgoing) => new(
        outgoing.StringOrEmpty("kind"),
        outgoing.Strings("targets"),
        outgoing.StringOrNull(QueueId),
        outgoing.StringOrNull("reason"))
    {
        Encryption = outgoing.StringOrNull("encryption"),
    };

    private static BsonDocument Spam(SpamReading spam)
    {
        var document = new BsonDocument { { "source", spam.Source } };
        Add(document, "spam", spam.IsSpam);
        Add(document, "score", spam.Score);
        Add(document, "level", spam.Level);
        Add(document, "reason", spam.Reason);
        return document;
    }

    private static SpamReading ReadSpam(BsonDocument spam) => new(
        spam.GetValue("spam", BsonNull.Value) is BsonBoolean isSpam ? isSpam.Value : null,
        spam.StringOrEmpty("source"),
        Double(spam, "score"),
        Double(spam, "level"),
        spam.StringOrNull("reason"));

    private static BsonDocument Encryption(EncryptionReading encryption)
    {
        var document = new BsonDocument();
        Add(document, "kind", encryption.Kind);
        Add(document, "reason", encryption.Reason);
        return document;
    }

    private static BsonDocument Place(StoredPlace place)
    {
        var document = new BsonDocument();
        Add(document, "mailbox", place.Mailbox);
        Add(document, "path", place.Path);
        Add(document, "message", place.Message);
        Add(document, "uid", place.Uid);
        Add(document, "modseq", place.Modseq);
        return document;
    }

    private static StoredPlace ReadPlace(BsonDocument place) => new(
        place.IdOrNull("mailbox"),
        place.StringOrNull("path"),
        place.StringOrNull("message"),
        (int?)place.NumberOrNull("uid"),
        (int?)place.NumberOrNull("modseq"));

    private static List<T> Items<T>(BsonDocument document, string name, Func<BsonDocument, T> read) =>
        document.GetValue(name, BsonNull.Value) is BsonArray array
            ? [.. array.OfType<BsonDocument>().Select(read)]
            : [];

    private static TimeSpan Milliseconds(BsonDocument document, string name) =>
        TimeSpan.FromMilliseconds(Double(document, name) ?? 0);

    private static double? Double(BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is { IsNumeric: true } value ? value.ToDouble() : null;

    private static void Add(BsonDocument document, string name, BsonValue? value)
    {
        if (value is not null)
        {
            document.Add(name, value);
        }
    }

    private static void AddList<T>(
        BsonDocument document, string name, IReadOnlyCollection<T> items, Func<T, BsonValue> convert)
    {
        if (items.Count > 0)
        {
            document.Add(name, new BsonArray(items.Select(convert)));
        }
    }
}
