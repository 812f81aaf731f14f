using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>Entries of the delivery log, as full as those of an ordinary delivery.</summary>
internal static class ScaleEntries
{
    private static readonly StageDuration[] Stages =
    [
        .. new[] { "index", "recheck", "rate_limit", "filter", "mailbox", "duplicate", "claim", "attachments", "store" }
            .Select(stage => new StageDuration(stage, TimeSpan.FromMicroseconds(300))),
    ];

    private static readonly FilterReading[] Filters =
    [
        new(
            ObjectId.GenerateNewId().ToString(),
            "Newsletters",
            false,
            [new ConditionReading("list-id contains news", false), new ConditionReading("from contains @shop", true)],
            "a condition is not met"),
        new(ObjectId.GenerateNewId().ToString(), "Work", false, [new ConditionReading("subject contains report", false)], "a condition is not met"),
    ];

    /// <summary>The entry of this number.</summary>
    public static DeliveryRecord Of(int number, DateTimeOffset time, ObjectId user, string address) => new()
    {
        Id = ObjectId.GenerateNewId(time.UtcDateTime),
        Time = time,
        Server = "mail1",
        Phase = DeliveryPhase.Message,
        Session = $"s{number / 4}",
        Transaction = ObjectId.GenerateNewId(time.UtcDateTime),
        ClientAddress = "192.0.2.10",
        ClientHost = "mx1.example.test",
        LhloName = "mx1.example.test",
        TlsCipher = "TLS_AES_256_GCM_SHA384",
        QueueId = ScaleNames.QueueId(number),
        Sender = ScaleNames.Sender(number),
        Recipient = address,
        Address = address,
        Resolution =
        [
            new ResolutionStep("normalise", address), new ResolutionStep("lookup", address),
            new ResolutionStep("exact", address), new ResolutionStep("user", user.ToString()),
        ],
        User = user,
        Size = 20_000 + (number % 1_000),
        MessageId = ScaleNames.MessageId(number),
        Outcome = ScaleNames.Outcome(number),
        Reply = "250 2.1.5 Message stored as 65937d25f1a2b3c4d5e6f701 (session s1)",
        Limits =
        [
            new LimitReading("recipient_messages", number % 60, 60, "{message}", false),
            new LimitReading("quota", number * 1_000L, 1_073_741_824, "By", false),
        ],
        Filters = Filters,
        Spam = new SpamReading(false, "none", 0, 50, null),
        Place = new StoredPlace(user, "INBOX", ObjectId.GenerateNewId(time.UtcDateTime).ToString(), number, number + 1),
        Stages = Stages,
        Duration = TimeSpan.FromMilliseconds(4),
        TraceId = "0af7651916cd43dd8448eb211c80319c",
    };
}
