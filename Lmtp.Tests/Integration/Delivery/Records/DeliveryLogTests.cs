using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Records;

public sealed class DeliveryLogTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Message =
        "Received: from mx.friend.test by relay.example.test with ESMTPS id 4Xyz12; Mon, 06 May 2024 12:34:56 +0300\r\n" +
        "Date: Mon, 06 May 2024 12:34:56 +0300\r\nFrom: Alice <alice@friend.test>\r\nTo: user@example.com\r\n" +
        "Subject: Greetings\r\nMessage-ID: <m1@friend.test>\r\n\r\nHello there.\r\n";

    // A busy machine may take longer than usual to write the last entries.
    private static readonly (string Key, string Value) PatientStop = ("Lmtp:DeliveryLog:StopTimeout", "00:01:00");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stored_message_has_an_entry_that_says_where_it_went_and_how()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        var outcome = Assert.Single(await host.DeliverAsync(Message, "Ali.ce+News@Example.test"));

        var entry = await FindAsync(host, new DeliveryLogQuery());

        Assert.Equal(("stored", DeliveryPhase.Message), (entry.Outcome, entry.Phase));
        Assert.Equal($"250 2.1.5 Message stored as {outcome.MessageId} (session test)", entry.Reply);
        Assert.Equal(("Ali.ce+News@Example.test", "ali.ce+news@example.test"), (entry.Recipient, entry.Address));
        Assert.Equal(["normalise", "lookup", "exact", "user"], entry.Resolution.Select(step => step.Step));
        Assert.Equal("alice@example.test", entry.Resolution[1].Result);
        Assert.Equal((user, "sender@friend.test", "4Xyz12", "<m1@friend.test>"), (entry.User!.Value, entry.Sender, entry.QueueId, entry.MessageId));
        Assert.Equal(("INBOX", outcome.MessageId, 1, 2), (entry.Place!.Path, entry.Place.Message, entry.Place.Uid, entry.Place.Modseq));
        Assert.Equal((long)Message.Length, entry.Size);
        Assert.Contains(entry.Limits, limit => limit is { Name: "quota", IsExceeded: false });
        string[] stages = ["index", "recheck", "filter", "mailbox", "duplicate", "claim", "store"];
        Assert.Equal(stages, entry.Stages.Select(stage => stage.Stage).Where(stages.Contains));
        Assert.Equal("store", entry.Stages[^1].Stage);
        Assert.True(entry.Duration >= entry.Stages[^1].Duration);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "Greetings")]
    public async Task Subject_is_kept_only_where_allowed(bool allowed, string? kept)
    {
        await using var host = await StartAsync(("Lmtp:DeliveryLog:IncludeSubject", $"{allowed}"));
        await host.AddUserAsync("alice@example.test");
        await host.DeliverAsync(Message, "alice@example.test");
        Assert.Equal(kept, (await FindAsync(host, new DeliveryLogQuery())).Subject);
    }

    [Fact]
    public async Task Recipient_refused_at_rcpt_has_an_entry_with_the_steps_that_led_nowhere()
    {
        await using var host = await StartAsync();
        await host.VerifyAsync("Nobody@example.test");
        var entry = await FindAsync(host, new DeliveryLogQuery());
        Assert.Equal(("unknown_recipient", DeliveryPhase.Rcpt), (entry.Outcome, entry.Phase));
        Assert.Equal("550 5.1.1 No such mailbox here: <Nobody@example.test>", entry.Reply);
        Assert.Equal(["normalise", "lookup", "none"], entry.Resolution.Select(step => step.Step));
        Assert.Null(entry.User);
    }

    [Fact]
    public async Task Full_mailbox_has_an_entry_with_the_quota_that_was_exceeded()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test", quota: 100);
        await host.VerifyAsync("alice@example.test", DeliveryHost.NewTransaction(size: 101));
        var entry = await FindAsync(host, new DeliveryLogQuery());
        Assert.Equal("mailbox_full_permanent", entry.Outcome);
        Assert.Equal(new LimitReading("quota", 101, 100, "By", IsExceeded: true), Assert.Single(entry.Limits));
    }

    [Fact]
    public async Task Message_refused_as_a_whole_has_an_entry_for_each_recipient()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.AddUserAsync("bob@example.test");
        var recipients = new[]
        {
            (await host.VerifyAsync("alice@example.test")).Recipient!, (await host.VerifyAsync("bob@example.test")).Recipient!,
        };
        host.Agent.MessageRefused(DeliveryHost.NewTransaction(), recipients, "mail_loop", "554 5.4.6 It loops", 321);
        var page = await EntriesAsync(host, new DeliveryLogQuery { Outcomes = ["mail_loop"] }, count: 2);
        Assert.Equal(["alice@example.test", "bob@example.test"], page.Select(entry => entry.Address).Order());
        Assert.All(page, entry => Assert.Equal(("554 5.4.6 It loops", 321L), (entry.Reply, entry.Size!.Value)));
    }

    [Fact]
    public async Task Filters_and_spam_decision_are_in_the_entry_with_their_reasons()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.Database.GetCollection<BsonDocument>("filters").InsertManyAsync(
            [
                Filter(user, "other", "{ headers: { from: 'nobody' } }", "{ delete: true }"),
                Filter(user, "spam", "{ headers: { from: 'alice' } }", "{ spam: true, seen: true }"),
            ],
            cancellationToken: Token);
        await host.DeliverAsync(Message, "alice@example.test");
        var entry = await FindAsync(host, new DeliveryLogQuery());
        Assert.Equal([("other", false), ("spam", true)], entry.Filters.Select(filter => (filter.Name!, filter.Applied)));
        Assert.Contains(entry.Filters[0].Conditions, condition => !condition.IsMet);
        Assert.All(entry.Filters, filter => Assert.NotEmpty(filter.Reason));
        Assert.Equal((true, "filter"), (entry.Spam!.IsSpam!.Value, entry.Spam.Source));
        Assert.NotNull(entry.Spam.Reason);
        Assert.Equal(("Junk", @"\Seen"), (entry.Place!.Path, Assert.Single(entry.Flags)));
    }

    [Fact]
    public async Task Every_recipient_of_a_message_has_an_entry_of_the_same_transaction()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.AddUserAsync("bob@example.test");
        await host.DeliverAsync(Message, "alice@example.test", "bob@example.test");
        var entries = await EntriesAsync(host, new DeliveryLogQuery(), count: 2);
        Assert.Single(entries.Select(entry => entry.Transaction).Distinct());
        Assert.Equal(2, entries.Select(entry => entry.User).Distinct().Count());
    }

    [Fact]
    public async Task Search_finds_by_each_field_and_pages_newest_first()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        for (var i = 0; i < 5; i++)
        {
            await host.DeliverAsync(
                DeliveryHost.NewTransaction($"s{i}@friend.test"),
                Encoding.ASCII.GetBytes($"Message-ID: <n{i}@x>\r\n\r\n{i}\r\n"),
                "alice@example.test");
        }

        var all = await EntriesAsync(host, new DeliveryLogQuery(), count: 5);
        Assert.Equal(all.Select(entry => entry.Id).OrderDescending(), all.Select(entry => entry.Id));
        DeliveryLogQuery[] queries =
        [
            new() { Recipient = "alice@example.test" },
            new() { Recipient = "bob@example.test" },
            new() { Sender = "s3@friend.test" },
            new() { MessageId = "<n2@x>" },
            new() { QueueId = "none" },
            new() { Session = "test" },
            new() { User = all[0].User },
            new() { Outcomes = ["stored", "dropped"] },
            new() { Outcomes = ["dropped"] },
            new() { From = all[2].Time },
            new() { Before = all[2].Time },
            new() { From = all[3].Time, Before = all[1].Time, Recipient = "alice@example.test" },
        ];
        var store = host.Get<DeliveryLogStore>();
        foreach (var query in queries)
        {
            var found = await store.SearchAsync(query, cursor: null, limit: 10, Token);
            Assert.Equal(all.Where(query.Matches).Select(entry => entry.Id), found.Items.Select(entry => entry.Id));
        }

        var first = await store.SearchAsync(new DeliveryLogQuery(), cursor: null, limit: 3, Token);
        var second = await store.SearchAsync(new DeliveryLogQuery(), first.NextCursor, limit: 3, Token);
        Assert.Null(second.NextCursor);
        Assert.Equal(all.Select(entry => entry.Id), first.Items.Concat(second.Items).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Entries_expire_after_the_retention()
    {
        await using var host = await StartAsync(("Lmtp:DeliveryLog:Retention", "10.00:00:00"));
        await host.VerifyAsync("nobody@example.test");
        var entry = await FindAsync(host, new DeliveryLogQuery());
        var log = host.Get<Lmtp.Server.Storage.MailDatabase>().Own.GetCollection<BsonDocument>(DeliveryLogStore.CollectionName);
        var document = await log.Find(FilterDefinition<BsonDocument>.Empty).SingleAsync(Token);
        Assert.Equal(entry.Time.AddDays(10).UtcDateTime, document["expireAt"].ToUniversalTime());
        using var indexes = await log.Indexes.ListAsync(Token);
        Assert.Contains(await indexes.ToListAsync(Token), index => index["name"] == "expire" && index["expireAfterSeconds"].ToInt32() == 0);
    }

    [Fact]
    public async Task What_waits_when_the_server_stops_is_written_first()
    {
        var name = EmbeddedMongoFixture.NewName("log");
        await using (var host = await DeliveryHost.StartAsync(mongo, name, ("Lmtp:DeliveryLog:FlushInterval", "00:01:00"), PatientStop))
        {
            await host.VerifyAsync("nobody@example.test");
        }

        await using var after = await DeliveryHost.StartAsync(mongo, name);
        Assert.Single((await after.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 10, Token)).Items);
    }

    [Fact]
    public async Task Entries_beyond_the_capacity_are_dropped_and_deliveries_go_on()
    {
        var name = EmbeddedMongoFixture.NewName("log");
        await using (var host = await DeliveryHost.StartAsync(
            mongo, name, ("Lmtp:DeliveryLog:FlushInterval", "00:01:00"), PatientStop, ("Lmtp:DeliveryLog:Capacity", "2")))
        {
            await host.AddUserAsync("alice@example.test");
            for (var i = 0; i < 5; i++)
            {
                var outcomes = await host.DeliverAsync($"Subject: {i}\r\n\r\n{i}\r\n", "alice@example.test");
                Assert.Equal(DeliveryStatus.Stored, Assert.Single(outcomes).Status);
            }

            Assert.Equal(3, host.Get<DeliveryLogWriter>().DroppedEntries);
        }

        await using var after = await DeliveryHost.StartAsync(mongo, name);
        Assert.Equal(2, (await after.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 10, Token)).Items.Count);
    }

    [Fact]
    public async Task Log_that_is_switched_off_keeps_nothing()
    {
        var name = EmbeddedMongoFixture.NewName("log");
        await using (var host = await DeliveryHost.StartAsync(mongo, name, ("Lmtp:DeliveryLog:Enabled", "false")))
        {
            await host.VerifyAsync("nobody@example.test");
        }

        await using var after = await DeliveryHost.StartAsync(mongo, name);
        Assert.Empty((await after.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 10, Token)).Items);
    }

    [Fact]
    public async Task Watchers_see_what_they_asked_for_as_it_ends()
    {
        await using var host = await StartAsync();
        using var watch = host.Get<DeliveryFeed>().Watch(new DeliveryLogQuery { Recipient = "second@example.test" });
        await host.VerifyAsync("first@example.test");
        await host.VerifyAsync("second@example.test");
        Assert.True(await watch.Entries.WaitToReadAsync(Token));
        Assert.True(watch.Entries.TryRead(out var entry));
        Assert.Equal("second@example.test", entry.Address);
        Assert.False(watch.Entries.TryRead(out _));
        watch.Dispose();
        Assert.Equal(0, host.Get<DeliveryFeed>().Watchers);
    }

    [Fact]
    public async Task Entry_that_watchers_see_can_be_opened()
    {
        await using var host = await StartAsync();
        using var watch = host.Get<DeliveryFeed>().Watch(new DeliveryLogQuery());
        await host.VerifyAsync("nobody@example.test");
        Assert.True(await watch.Entries.WaitToReadAsync(Token));
        Assert.True(watch.Entries.TryRead(out var entry));
        Assert.NotNull(await host.Get<DeliveryLogStore>().GetAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Watchers_see_what_ends_where_no_log_is_kept()
    {
        await using var host = await StartAsync(("Lmtp:DeliveryLog:Enabled", "false"));
        using var watch = host.Get<DeliveryFeed>().Watch(new DeliveryLogQuery());
        await host.VerifyAsync("nobody@example.test");
        Assert.True(watch.Entries.TryRead(out var entry));
        Assert.Equal("nobody@example.test", entry.Address);
    }

    private static BsonDocument Filter(ObjectId user, string name, string query, string action) => new()
    {
        { "_id", ObjectId.GenerateNewId() },
        { "user", user },
        { "name", name },
        { "query", BsonDocument.Parse(query) },
        { "action", BsonDocument.Parse(action) },
        { "disabled", false },
        { "created", DateTime.UtcNow },
    };

    private static async Task<DeliveryRecord> FindAsync(DeliveryHost host, DeliveryLogQuery query) =>
        Assert.Single(await EntriesAsync(host, query, count: 1));

    private static async Task<IReadOnlyList<DeliveryRecord>> EntriesAsync(DeliveryHost host, DeliveryLogQuery query, int count)
    {
        IReadOnlyList<DeliveryRecord> found = [];
        await Eventually.TrueAsync(async () =>
        {
            found = (await host.Get<DeliveryLogStore>().SearchAsync(query, cursor: null, limit: 100, Token)).Items;
            return found.Count >= count;
        });
        return found;
    }

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) => DeliveryHost.StartAsync(
        mongo, EmbeddedMongoFixture.NewName("log"), [("Lmtp:DeliveryLog:FlushInterval", "00:00:00"), .. settings]);
}
