using System.Text.Json;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.DeliveryLog;

public sealed class DeliveryLogDocumentTests
{
    private static readonly DateTimeOffset Now = new(2024, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);

    [Fact]
    public void Everything_survives_the_database()
    {
        var record = Minimal() with
        {
            Phase = DeliveryPhase.Rcpt,
            Transaction = ObjectId.GenerateNewId(),
            ClientAddress = "192.0.2.1",
            TlsCipher = "TLS_AES_256_GCM_SHA384",
            Account = "mta",
            QueueId = "4Xyz",
            EnvelopeId = "QQ314159",
            OriginalRecipient = "rfc822;User@example.com",
            Resolution = [new ResolutionStep("exact", "user@example.com")],
            User = ObjectId.GenerateNewId(),
            Size = 4_000_000_000,
            MessageId = "<m@x>",
            Subject = "Grüße",
            Limits = [new LimitReading("quota", 1.5, 3e10, "By", IsExceeded: true)],
            Filters = [new FilterReading("f", "name", Applied: true, [new ConditionReading("header", IsMet: true, "from")], "why")],
            Spam = new SpamReading(IsSpam: false, "filter", 25, 50, "because"),
            Place = new StoredPlace(ObjectId.GenerateNewId(), "INBOX", "0123456789abcdef01234567", 7, 8),
            Flags = [@"\Seen"],
            Encryption = new EncryptionReading("openpgp", null),
            Outgoing = [new OutgoingReading("forward", ["a@b.test"], "18f0", null) { Encryption = "smime" }, new OutgoingReading("autoreply", [], null, "spam")],
            Stages = [new StageDuration("filter", TimeSpan.FromMilliseconds(1.25))],
            TraceId = "0af7651916cd43dd8448eb211c80319c",
        };
        AssertSurvives(record);
    }

    [Fact]
    public void What_is_missing_stays_missing()
    {
        AssertSurvives(Minimal());
        AssertSurvives(Minimal() with { Encryption = new EncryptionReading(null, "the key has expired") });
        AssertSurvives(Minimal() with { Spam = new SpamReading(null, "none", null, null, null), Place = new StoredPlace(null, null, "x", null, null) });
    }

    private static void AssertSurvives(DeliveryRecord record)
    {
        var bytes = DeliveryLogDocument.From(record, Now).ToBson();
        var read = DeliveryLogDocument.Read(MongoDB.Bson.Serialization.BsonSerializer.Deserialize<BsonDocument>(bytes));
        Assert.Equal(JsonSerializer.Serialize(record), JsonSerializer.Serialize(read));
    }

    private static DeliveryRecord Minimal() => new()
    {
        Id = ObjectId.GenerateNewId(),
        Time = Now,
        Server = "mx1",
        Phase = DeliveryPhase.Message,
        Session = "s",
        ClientHost = "localhost",
        LhloName = "client",
        Sender = "",
        Recipient = "User@example.com",
        Address = "user@example.com",
        Outcome = "stored",
        Reply = "250 2.1.5 ok",
        Duration = TimeSpan.FromMilliseconds(12.5),
    };
}
