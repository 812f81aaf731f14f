using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Delivery.Encrypted;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;
using StackExchange.Redis;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The mail server as a process of its own, which tests kill, between an MTA, a database and a Redis that stay up. What
/// goes to the two passes proxies; the tests' own looks do not.
/// </summary>
public sealed class KillableServer : IAsyncLifetime
{
    private const string ApiKey = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(10);

    private readonly EmbeddedMongoFixture _mongo = new();
    private readonly RedisFixture _redis = new();
    private readonly TemporaryDirectory _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly int _apiPort = FreePort.Next();
    private readonly string _database = EmbeddedMongoFixture.NewName("killed");
    private readonly List<DateTime> _kills = [];
    private MongoFaultProxy? _mongoProxy;
    private RedisFaultProxy? _redisProxy;
    private DeliveryHost? _setup;
    private ChildProcess? _process;

    internal MongoFaultProxy Database => _mongoProxy!;

    internal RedisFaultProxy Redis => _redisProxy!;

    /// <summary>Where it takes mail.</summary>
    internal IPEndPoint EndPoint => new(IPAddress.Loopback, _port);

    /// <summary>Skips the test where the machine lacks what the system consists of.</summary>
    internal void Require() => _redis.Require();

    public async ValueTask InitializeAsync()
    {
        await _mongo.InitializeAsync();
        await _redis.InitializeAsync();
        if (_redis.Connection is null)
        {
            return;
        }

        _mongoProxy = MongoFaultProxy.Start(_mongo.ConnectionString);
        _redisProxy = RedisFaultProxy.Start(_redis.Port);

        // Makes users and indexes; takes no part in deliveries.
        _setup = await DeliveryHost.StartAsync(_mongo, _database, ("Lmtp:Storage:SweepInterval", "01:00:00"));
        await FaultyDelivery.SeedAsync(_setup);
    }

    /// <summary>Starts the process if it does not run, and waits until it serves.</summary>
    internal async Task StartAsync()
    {
        if (_process is { HasExited: false })
        {
            return;
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        var cancellationToken = TestContext.Current.CancellationToken;
        _process = ChildProcess.Start("dotnet", [Repository.Assembly("Lmtp.Server")], ProcessEnvironment(), _folder.Path);
        await _process.WaitForLineAsync(
            line => line.Contains("Application started", StringComparison.Ordinal), StartLimit, cancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_apiPort}") };
        await Eventually.TrueAsync(
            async () =>
            {
                // A server that is not there yet, for whatever reason, answers 503.
                using var answer = await http.GetAsync("health", cancellationToken);
                return (await answer.Content.ReadAsStringAsync(cancellationToken)).Contains("Healthy", StringComparison.Ordinal);
            },
            StartLimit,
            () => _process.Output);
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    internal async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            _kills.Add(DateTime.UtcNow);
            await process.KillAsync(CancellationToken.None);
        }
    }

    internal Task<ObjectId> AddUserAsync(string name) => _setup!.AddUserAsync($"{name}@example.test");

    /// <summary>Has the user's mail encrypted.</summary>
    internal Task EncryptAsync(ObjectId user) => _setup!.UseSmimeAsync(user);

    /// <summary>Lets Redis hold counts for the user's INBOX, which are then kept up to date or forgotten.</summary>
    internal async Task CacheCountsAsync(ObjectId user)
    {
        var inbox = await FindInboxAsync(user);
        await _redis.Connection.GetDatabase().StringSetAsync($"total:{inbox}", 0);
        await _redis.Connection.GetDatabase().StringSetAsync($"unseen:{inbox}", 0);
    }

    /// <summary>The cached counts of the user's INBOX that differ from what there is.</summary>
    internal async Task<IReadOnlyList<string>> WrongCountsAsync(ObjectId user)
    {
        var wrong = new List<string>();
        var count = await CountMessagesAsync(user);
        var inbox = await FindInboxAsync(user);
        foreach (var key in new RedisKey[] { $"total:{inbox}", $"unseen:{inbox}" })
        {
            var cached = await _redis.Connection.GetDatabase().StringGetAsync(key);
            if (cached.HasValue && (long)cached != count)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {cached}, messages {count}"));
            }
        }

        return wrong;
    }

    internal Task<List<BsonDocument>> FindAsync(string collection, string filter = "{}") => _setup!.FindAsync(collection, filter);

    internal async Task<int> CountMessagesAsync(ObjectId user) => (await FindAsync("messages", $"{{ user: ObjectId('{user}') }}")).Count;

    internal Task<IReadOnlyList<string>> ProblemsAsync() =>
        new StorageAudit(_setup!.Database, _setup.Get<Lmtp.Server.Storage.MailDatabase>().Own).ProblemsAsync();

    /// <summary>As if the time that a delivery belongs to its server were over.</summary>
    internal Task<UpdateResult> ExpireLeasesAsync() => _setup!.Get<Lmtp.Server.Storage.MailDatabase>().Own
        .GetCollection<BsonDocument>(Lmtp.Server.Storage.ClaimStore.CollectionName).UpdateManyAsync(
            Builders<BsonDocument>.Filter.Ne("leaseUntil", BsonNull.Value),
            Builders<BsonDocument>.Update.Set("leaseUntil", DateTime.UtcNow.AddHours(-1)),
            cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Lets the user's mail go to a target, too, and its authors be answered.</summary>
    internal async Task ForwardAndAnswerAsync(ObjectId user, string target)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await ForwardingTests.SetTargetsAsync(_setup!, user, ("mail", target));
        await _setup!.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("autoreply", true),
            cancellationToken: cancellationToken);
        await _setup.Database.GetCollection<BsonDocument>("autoreplies").InsertOneAsync(
            new BsonDocument { { "user", user }, { "status", true }, { "text", "I am away." } }, cancellationToken: cancellationToken);
    }

    /// <summary>What ZoneMTA would find.</summary>
    internal async Task<(List<BsonDocument> Entries, List<BsonDocument> Files, List<BsonDocument> Chunks)> QueueAsync()
    {
        var database = _setup!.Get<Lmtp.Server.Storage.MailDatabase>();
        var chunks = await database.QueueChunks.Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(TestContext.Current.CancellationToken);
        return (await ForwardingTests.EntriesAsync(_setup), await ForwardingTests.FilesAsync(_setup), chunks);
    }

    /// <summary>
    /// Hands over one message; the answer, an empty text when the connection broke before it came, null when it broke before
    /// the message could be sent.
    /// </summary>
    internal async Task<string?> DeliverAsync(string recipient, byte[] message)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var isAwaited = false;
        try
        {
            await using var client = await LmtpClient.OpenAsync(EndPoint, cancellationToken);
            foreach (var command in new[] { $"MAIL FROM:<author-of-{recipient}@friend.test>", $"RCPT TO:<{recipient}@example.test>", "DATA" })
            {
                var reply = await client.CommandAsync(command, cancellationToken);
                if (reply.Length == 0)
                {
                    return null;
                }

                Assert.Matches("^(250|354)", reply);
            }

            isAwaited = true;
            await client.SendAsync(LmtpClient.DotStuff(message), cancellationToken);
            return await client.ReadReplyAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return isAwaited ? "" : null;
        }
    }

    /// <summary>
    /// Delivers a message, is killed where <paramref name="arm"/> says, starts anew, and is given the message once more
    /// if that is wanted.
    /// </summary>
    internal async Task DeliverAndBeKilledAsync(Action<Func<Task>> arm, string name, string recipient, byte[] message, bool isRetried)
    {
        // What the sweeper does about deliveries before this one may look like a write of this one: then it is killed again.
        const int Attempts = 10;
        for (var attempt = 1; !await IsKilledAmidAsync(arm, recipient, message); attempt++)
        {
            Assert.True(attempt < Attempts, $"{name}: killed before the message came, each time");
        }

        await ExpireLeasesAsync();
        if (isRetried)
        {
            // The sweeper may be at it just now; an MTA comes again.
            var reply = "";
            await Eventually.TrueAsync(
                async () => (reply = await DeliverAsync(recipient, message) ?? "").StartsWith("250 2.1.5 Message stored", StringComparison.Ordinal),
                state: () => $"{name}: {reply}");
        }
    }

    /// <summary>Is killed where <paramref name="arm"/> says, and starts anew; false where no message had come until then.</summary>
    private async Task<bool> IsKilledAmidAsync(Action<Func<Task>> arm, string recipient, byte[] message)
    {
        await Eventually.TrueAsync(async () => (await ExpireLeasesAsync()).MatchedCount == 0);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        arm(async () =>
        {
            await KillAsync();
            killed.TrySetResult();
        });
        var reply = await DeliverAsync(recipient, message);
        Assert.True(reply is null or "", reply);
        await killed.Task.WaitAsync(StartLimit, TestContext.Current.CancellationToken);
        Database.Arm(null);
        Redis.Arm(null, default, static () => Task.CompletedTask);
        await StartAsync();
        return reply is not null;
    }

    /// <summary>
    /// What a failure needs to be understood: the kills, the process's output, its sessions, the sockets on its port with
    /// what lies unread in them, the deliveries that are not done and where the database proxy waits.
    /// </summary>
    internal async Task<string> DescribeAsync()
    {
        const int OutputEnd = 40_000;
        var output = _process?.Output ?? "";
        var claims = await _setup!.Get<Lmtp.Server.Storage.MailDatabase>().Own
            .GetCollection<BsonDocument>(Lmtp.Server.Storage.ClaimStore.CollectionName)
            .Find(Builders<BsonDocument>.Filter.Eq("state", "open"))
            .ToListAsync(TestContext.Current.CancellationToken);
        return $"""
            Now: {DateTime.UtcNow:O}; killed: {string.Join(", ", _kills.Select(kill => kill.ToString("O", CultureInfo.InvariantCulture)))}
            Open deliveries: {string.Join(Environment.NewLine, claims)}
            Commands to the database without an answer: {string.Join(", ", Database.Unanswered)}
            Sessions: {await AskAsync("api/v1/server/connections")}
            Health: {await AskAsync("health")}
            Sockets (local, remote, state, unsent:unread):
            {SocketsOf(_port)}
            Output:
            {(output.Length > OutputEnd ? output[^OutputEnd..] : output)}

            """;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_setup is not null)
        {
            await _setup.DisposeAsync();
            await _mongoProxy!.DisposeAsync();
            await _redisProxy!.DisposeAsync();
        }

        await _redis.DisposeAsync();
        await _mongo.DisposeAsync();
        _folder.Dispose();
    }

    // As the kernel shows them; nothing where there is no such file.
    private static string SocketsOf(int port)
    {
        const string Table = "/proc/net/tcp";
        var suffix = port.ToString("X4", CultureInfo.InvariantCulture);
        return File.Exists(Table)
            ? string.Join(Environment.NewLine, File.ReadLines(Table)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 4 && (fields[1].EndsWith(suffix, StringComparison.Ordinal) || fields[2].EndsWith(suffix, StringComparison.Ordinal)))
                .Select(fields => string.Join(' ', fields[1..5])))
            : "";
    }

    private async Task<string> AskAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_apiPort}"), Timeout = AskLimit };
        http.DefaultRequestHeaders.Add("x-api-key", ApiKey);
        try
        {
            return await http.GetStringAsync(path, TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return exception.Message;
        }
    }

    private async Task<BsonValue> FindInboxAsync(ObjectId user) =>
        (await FindAsync("mailboxes", $"{{ user: ObjectId('{user}'), path: 'INBOX' }}")).Single()["_id"];

    private Dictionary<string, string?> ProcessEnvironment() => new()
    {
        ["LMTP_PORT"] = $"{_port}",
        ["Kestrel__Endpoints__Http__Url"] = $"http://127.0.0.1:{_apiPort}",
        ["ConnectionStrings__maildb"] = $"{Database.ConnectionString}/{_database}",
        ["ConnectionStrings__redis"] = Redis.ConnectionString,
        ["Lmtp__Storage__OwnDatabase"] = $"{_database}-own",
        ["Lmtp__Storage__QueueDatabase"] = $"{_database}-queue",
        ["Lmtp__Storage__SweepInterval"] = "00:00:01",
        ["Lmtp__Storage__ClaimLease"] = "00:00:05",
        ["Lmtp__Api__Key"] = ApiKey,
        ["Logging__LogLevel__Lmtp"] = "Debug",
        ["DOTNET_ENVIRONMENT"] = "Production",
    };
}
