using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Statistics;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage.Statistics;

public sealed class StatisticsStoreTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static readonly DateTimeOffset Minute = new(2026, 3, 1, 12, 34, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_counted_is_read_as_it_was()
    {
        await using var host = await StartAsync();
        var store = host.Get<StatisticsStore>();
        var counts = Counts(3);
        counts.Sessions = 4;
        counts.RejectedConnections = 1;
        counts.Latencies[17] = 3;
        counts.OtherDomains = new DomainCount(2, 20);
        counts.Storage = new StorageSample(1, 2, 3, 4, 5);
        await store.AddAsync(Minute, counts, "a", 1, Token);

        var (time, read) = Assert.Single(await store.ReadAsync(StatisticsStep.Minute, Minute, Minute.AddMinutes(1), Token));

        Assert.Equal(Minute, time);
        Assert.Equal((4, 1, 3, 300), (read.Sessions, read.RejectedConnections, read.Messages, read.Bytes));
        Assert.Equal(counts.Outcomes, read.Outcomes);
        Assert.Equal(counts.Latencies, read.Latencies);
        Assert.Equal(counts.Domains, read.Domains);
        Assert.Equal((counts.OtherDomains, counts.Storage), (read.OtherDomains, read.Storage));
    }

    [Fact]
    public async Task Several_writers_add_into_the_same_minute_and_hour_at_once()
    {
        await using var host = await StartAsync();
        var store = host.Get<StatisticsStore>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var number = 1; number <= 5; number++)
            {
                await store.AddAsync(Minute.AddMinutes(number % 2), Counts(1), $"w{writer}", number, Token);
            }
        }));

        var minutes = await store.ReadAsync(StatisticsStep.Minute, Minute, Minute.AddMinutes(2), Token);
        var hour = Assert.Single(await store.ReadAsync(StatisticsStep.Hour, Minute.AddMinutes(-34), Minute, Token));
        Assert.Equal([16, 24], minutes.Select(minute => minute.Counts.Messages));
        Assert.Equal(40, hour.Counts.Messages);
        Assert.Equal(40, hour.Counts.Domains["example.test"].Recipients);
    }

    [Fact]
    public async Task Counts_whose_acknowledgement_was_lost_are_not_added_twice()
    {
        await using var host = await StartAsync();
        var store = host.Get<StatisticsStore>();
        await store.AddAsync(Minute, Counts(1), "a", 1, Token);
        await store.AddAsync(Minute, Counts(5), "a", 2, Token);
        await store.AddAsync(Minute, Counts(5), "a", 2, Token);
        await store.AddAsync(Minute, Counts(1), "a", 1, Token);

        var read = Assert.Single(await store.ReadAsync(StatisticsStep.Minute, Minute, Minute.AddMinutes(1), Token));
        Assert.Equal(6, read.Counts.Messages);
    }

    [Fact]
    public async Task Minutes_and_hours_have_the_day_on_which_they_go()
    {
        await using var host = await StartAsync(("Lmtp:Statistics:MinuteRetention", "01:00:00"), ("Lmtp:Statistics:HourRetention", "2.00:00:00"));
        await host.Get<StatisticsStore>().AddAsync(Minute, Counts(1), "a", 1, Token);

        var documents = await host.Get<MailDatabase>().Own.GetCollection<BsonDocument>("statistics")
            .Find(Builders<BsonDocument>.Filter.Exists("expireAt")).Sort(Builders<BsonDocument>.Sort.Ascending("_id")).ToListAsync(Token);
        Assert.Equal(["hour 2026-03-01T12:00", "minute 2026-03-01T12:34"], documents.Select(document => document["_id"].AsString));
        Assert.Equal(
            [Minute.AddMinutes(-34).AddDays(2).UtcDateTime, Minute.AddHours(1).UtcDateTime],
            documents.Select(document => document["expireAt"].ToUniversalTime()));
        Assert.Contains(IndexCatalog.All, index => index is { Collection: "statistics", ExpireAfterSeconds: 0, Keys: "expireAt:1" });
    }

    [Fact]
    public async Task Hour_that_is_over_keeps_the_domains_that_most_came_for()
    {
        await using var host = await StartAsync();
        var store = host.Get<StatisticsStore>();
        var counts = new StatisticsCounts();
        for (var i = 0; i < StatisticsStore.DomainsOfAnHour + 10; i++)
        {
            counts.AddDomain($"d{i}.test", new DomainCount(i + 1, 1));
        }

        await store.AddAsync(Minute, counts, "a", 1, Token);
        await store.TrimAsync(Minute.AddDays(-1), Minute.AddHours(1), Token);
        await store.TrimAsync(Minute.AddDays(-1), Minute.AddHours(1), Token);

        var hour = Assert.Single(await store.ReadAsync(StatisticsStep.Hour, Minute.AddHours(-1), Minute.AddHours(1), Token)).Counts;
        Assert.Equal(StatisticsStore.DomainsOfAnHour, hour.Domains.Count);
        Assert.DoesNotContain("d9.test", hour.Domains.Keys);
        Assert.Equal(new DomainCount(55, 10), hour.OtherDomains);
    }

    [Fact]
    public async Task What_is_stored_is_counted_once_by_all_servers_together()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("ann@example.test");
        await host.DeliverAsync("Subject: Hello\r\n\r\nText\r\n", "ann@example.test");
        var census = host.Get<StorageCensus>();
        Assert.Null(await census.ReadAsync(Token));

        var samples = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => census.CountIfDueAsync(TimeSpan.FromMinutes(5), Token)));

        var sample = Assert.Single(samples, sample => sample is not null)!;
        Assert.Equal((1, 1, 0, 0), (sample.Users, sample.Messages, sample.Attachments, sample.AttachmentBytes));
        Assert.True(sample.Bytes > 0);
        Assert.Equal(sample, (await census.ReadAsync(Token))!.Value.Sample);
    }

    [Fact]
    public async Task Queues_are_counted()
    {
        await using var host = await StartAsync();
        var database = host.Get<MailDatabase>();
        await database.Own.GetCollection<BsonDocument>("deliveries").InsertManyAsync(
            [new BsonDocument { { "_id", 1 }, { "state", "open" }, { "leaseUntil", DateTime.MaxValue } }, new BsonDocument { { "_id", 2 }, { "state", "stored" } }], cancellationToken: Token);
        await database.QueueEntries.InsertOneAsync(new BsonDocument("_id", 1), cancellationToken: Token);

        Assert.Equal((1, 1), (await host.Get<QueueDepths>().CountPlansAsync(Token), await host.Get<QueueDepths>().CountOutgoingAsync(Token)));
    }

    private static StatisticsCounts Counts(int messages)
    {
        var counts = new StatisticsCounts { Messages = messages, Bytes = messages * 100 };
        counts.Outcomes["stored"] = messages;
        counts.Outcomes["$odd.na%me"] = messages;
        counts.AddDomain("example.test", new DomainCount(messages, messages * 100));
        return counts;
    }

    // The database would expire what is dated months ago, and the server adds counts of its own.
    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) => DeliveryHost.StartAsync(
        mongo,
        EmbeddedMongoFixture.NewName("statistics"),
        [("Lmtp:Storage:CreateIndexes", "false"), ("Lmtp:Statistics:Enabled", "false"), .. settings]);
}
