using System.Collections.Concurrent;
using Lmtp.Server.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Bson;
using MongoDB.Driver;
using StackExchange.Redis;

namespace Lmtp.Tests.Integration.Delivery.Scenarios;

/// <summary>
/// A delivering server on an embedded database and a Redis, with the clock of the corpus. Each scenario finds it empty.
/// </summary>
public sealed class ScenarioFixture : IAsyncLifetime
{
    private const string EventChannel = "wd_events";
    private const long CachedCount = 10;

    private static readonly RedisChannel Events = new(EventChannel, RedisChannel.PatternMode.Literal);

    // The names of the corpus, section "Scenarios" of its README.
    private static readonly (string Path, string Id, int UidNext, int ModifyIndex, string? SpecialUse, BsonValue Retention)[] Mailboxes =
    [
        ("INBOX", "000000000000000000000bbb", 1, 1, null, 0),
        ("Work", "000000000000000000000b01", 10, 20, null, 0),
        ("Junk", "000000000000000000000b02", 10, 20, @"\Junk", 2592000000d),
        ("Trash", "000000000000000000000b03", 10, 20, @"\Trash", 2592000000d),
        ("Kept", "000000000000000000000b04", 10, 20, null, 86400000),
    ];

    private readonly EmbeddedMongoFixture _mongo = new();
    private readonly ConcurrentQueue<string> _events = new();
    private readonly string _database = EmbeddedMongoFixture.NewName("scenarios");
    private DeliveryHost? _host;

    internal RedisFixture Redis { get; } = new();

    internal DeliveryHost Host => _host!;

    /// <summary>What was published to IMAP sessions since the scenario began.</summary>
    internal IReadOnlyCollection<string> Published => _events;

    public async ValueTask InitializeAsync()
    {
        await _mongo.InitializeAsync();
        await Redis.InitializeAsync();
        if (Redis.Connection is null)
        {
            return;
        }

        await Redis.Connection.GetSubscriber().SubscribeAsync(Events, (_, message) => _events.Enqueue(message.ToString()));

        // The database's expiry goes by the true time, which is years after the corpus's.
        _host = await DeliveryHost.StartAsync(
            _mongo,
            _database,
            builder =>
            {
                builder.AddRedisClient("redis");
                builder.Services.AddSingleton<TimeProvider>(new PinnedTimeProvider());
            },
            ("ConnectionStrings:redis", Redis.ConnectionString),
            ("Lmtp:Storage:CreateIndexes", "false"),
            ("Lmtp:Delivery:AddressCacheTime", "00:00:00"),
            ("Lmtp:Delivery:OneCopyPerMailbox", "false"));
        await Eventually.TrueAsync(() => Host.Get<Lmtp.Server.Storage.RedisConnection>().IsConnected);
    }

    /// <summary>Empties everything and puts in what the scenario begins with.</summary>
    internal async Task PrepareAsync(Scenario scenario)
    {
        Redis.Require();
        await ClearAsync();
        var user = scenario.User;
        var userId = user["_id"].AsObjectId;
        user["username"] = user["unameview"] = "user";
        user["activated"] = true;
        await InsertAsync("users", [user]);
        await InsertAsync("addresses", scenario.Recipients.Select(address => new BsonDocument
        {
            { "_id", ObjectId.GenerateNewId() },
            { "user", userId },
            { "address", address },
            { "addrview", address },
        }));
        await InsertAsync("mailboxes", Mailboxes.Select(mailbox => new BsonDocument
        {
            { "_id", ObjectId.Parse(mailbox.Id) },
            { "user", userId },
            { "path", mailbox.Path },
            { "specialUse", mailbox.SpecialUse is { } use ? new BsonString(use) : BsonNull.Value },
            { "uidValidity", 1704164645 },
            { "uidNext", mailbox.UidNext },
            { "modifyIndex", mailbox.ModifyIndex },
            { "subscribed", true },
            { "retention", mailbox.Retention },
        }));
        await InsertAsync("filters", scenario.Filters);
        if (scenario.Autoreply is { } autoreply)
        {
            await InsertAsync("autoreplies", [autoreply]);
        }

        if (scenario.ExistingMessage is { } existing)
        {
            existing["mailbox"] = ObjectId.Parse(Mailboxes[0].Id);
            existing["msgid"] = "<m1@friend.test>";
            existing["hdate"] = new DateTime(2024, 5, 6, 9, 34, 56, DateTimeKind.Utc);
            await InsertAsync("messages", [existing]);
        }

        await PrepareRedisAsync(scenario, userId);
    }

    /// <summary>Delivers the scenario's message to all its recipients in one transaction.</summary>
    internal Task<DeliveryOutcome[]> DeliverAsync(Scenario scenario) =>
        Host.DeliverAsync(DeliveryHost.NewTransaction(scenario.Sender), scenario.Message, [.. scenario.Recipients]);

    /// <summary>By how much a count that WildDuck caches has risen.</summary>
    internal async Task<long> RaisedAsync(string key) =>
        (long)await Redis.Connection.GetDatabase().StringGetAsync(key) - CachedCount;

    /// <summary>The path of one of the user's mailboxes.</summary>
    internal static string PathOf(BsonValue mailbox) =>
        Mailboxes.Single(known => known.Id == mailbox.AsObjectId.ToString()).Path;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await _mongo.DisposeAsync();
    }

    private async Task ClearAsync()
    {
        foreach (var name in new[] { _database, $"{_database}-own", $"{_database}-queue" })
        {
            await Host.Get<IMongoClient>().DropDatabaseAsync(name, TestContext.Current.CancellationToken);
        }

        await Redis.ClearAsync();
        _events.Clear();
    }

    // Counts that are not cached stay uncached, so each is there before.
    private async Task PrepareRedisAsync(Scenario scenario, ObjectId user)
    {
        var database = Redis.Connection.GetDatabase();
        foreach (var mailbox in Mailboxes)
        {
            await database.StringSetAsync($"total:{mailbox.Id}", CachedCount);
            await database.StringSetAsync($"unseen:{mailbox.Id}", CachedCount);
        }

        if (scenario.CounterReached is { } count)
        {
            await database.StringSetAsync($"wdf:{user}", count, TimeSpan.FromHours(1));
        }
    }

    private async Task InsertAsync(string collection, IEnumerable<BsonDocument> documents)
    {
        foreach (var document in documents)
        {
            await Host.Database.GetCollection<BsonDocument>(collection)
                .InsertOneAsync(document, cancellationToken: TestContext.Current.CancellationToken);
        }
    }
}
