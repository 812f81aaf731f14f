using System.Globalization;
using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Lmtp.Server.Storage.Quotas;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Delivery.Encrypted;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>A delivering server whose way to its database breaks where a test wants it, and a look past the break.</summary>
public sealed class FaultyDelivery : IAsyncLifetime
{
    private static int _names;

    private readonly EmbeddedMongoFixture _mongo = new();
    private MongoFaultProxy? _proxy;
    private DeliveryHost? _host;
    private MongoClient? _direct;
    private string _database = "";

    internal MongoFaultProxy Proxy => _proxy!;

    internal DeliveryHost Host => _host!;

    private IMongoDatabase Mail => _direct!.GetDatabase(_database);

    private IMongoDatabase Own => _direct!.GetDatabase($"{_database}-own");

    public async ValueTask InitializeAsync()
    {
        await _mongo.InitializeAsync();
        _database = EmbeddedMongoFixture.NewName("faults");
        _direct = new MongoClient(_mongo.ConnectionString);
        _proxy = MongoFaultProxy.Start(_mongo.ConnectionString);

        // A second is too short for the first connection on a loaded machine: the other server makes the indexes.
        await (await StartOtherAsync()).DisposeAsync();
        _host = await DeliveryHost.StartAsync(
            _mongo,
            _database,
            WriteNothingUnasked,
            ("Lmtp:Storage:CreateIndexes", "false"),
            ("ConnectionStrings:maildb", $"{_proxy.ConnectionString}/{_database}?serverSelectionTimeoutMS=1000"),
            ("Lmtp:Storage:SweepInterval", "01:00:00"),
            ("Lmtp:DeliveryLog:Enabled", "false"),
            ("Lmtp:Statistics:Enabled", "false"));
        await RecoverAsync();
        await SeedAsync(_host);
    }

    /// <summary>Another server on the same database, whose way to it never breaks.</summary>
    internal Task<DeliveryHost> StartOtherAsync() => DeliveryHost.StartAsync(
        _mongo, _database, ("Lmtp:Storage:SweepInterval", "01:00:00"), ("Lmtp:DeliveryLog:Enabled", "false"));

    /// <summary>A server that waits a second for an answer of the database, which a fault may keep from it.</summary>
    internal Task<DeliveryHost> StartImpatientAsync() => DeliveryHost.StartAsync(
        _mongo,
        _database,
        WriteNothingUnasked,
        ("Lmtp:Storage:CreateIndexes", "false"),
        ("ConnectionStrings:maildb", $"{Proxy.ConnectionString}/{_database}?serverSelectionTimeoutMS=1000&socketTimeoutMS=1000"),
        ("Lmtp:Storage:SweepInterval", "01:00:00"),
        ("Lmtp:DeliveryLog:Enabled", "false"),
        ("Lmtp:Statistics:Enabled", "false"));

    // Every few seconds a server looks for a run that recalculates quotas: a write that a test does not mean.
    private static void WriteNothingUnasked(WebApplicationBuilder builder) => builder.Services.Remove(builder.Services.Single(
        service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is Func<IServiceProvider, QuotaRunner>));

    /// <summary>Stores a message with the attachment that all messages share, so that it is there.</summary>
    internal static async Task SeedAsync(DeliveryHost host)
    {
        var name = NewName();
        await host.AddUserAsync($"{name}@example.test");
        var outcome = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), NewMessage(name), $"{name}@example.test"));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
    }

    /// <summary>Forgets everything that was stored.</summary>
    public async Task ClearAsync()
    {
        foreach (var database in new[] { Mail, Own })
        {
            using var names = await database.ListCollectionNamesAsync(cancellationToken: TestContext.Current.CancellationToken);
            foreach (var name in await names.ToListAsync(TestContext.Current.CancellationToken))
            {
                await database.GetCollection<BsonDocument>(name)
                    .DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, TestContext.Current.CancellationToken);
            }
        }

        await SeedAsync(Host);
    }

    /// <summary>Delivers a new message to a new user while the fault strikes.</summary>
    internal async Task<(string Name, ObjectId User, DeliveryOutcome Outcome)> BreakAsync(Fault fault, bool isEncrypted = false)
    {
        var (scene, outcome) = await BreakAsync(fault, () => AddUserAsync(isEncrypted), scene => DeliverAsync(scene.Name));
        return (scene.Name, scene.User, outcome);
    }

    /// <summary>
    /// Acts in a new scene while the fault strikes, and ends the fault. A driver that has not found its way back to the database
    /// after the fault before may not come as far; then it is another scene's turn.
    /// </summary>
    internal async Task<(TScene Scene, TResult Result)> BreakAsync<TScene, TResult>(
        Fault fault, Func<Task<TScene>> prepare, Func<TScene, Task<TResult>> act)
    {
        const int Attempts = 10;
        for (var attempt = 1; ; attempt++)
        {
            var scene = await prepare();
            Proxy.Arm(fault);
            var result = await act(scene);
            var struck = Proxy.Struck.IsCompleted;
            await RecoverAsync();
            if (struck)
            {
                return (scene, result);
            }

            Assert.True(attempt < Attempts, $"{fault} did not strike; what was done ended with {result}.");
        }
    }

    /// <summary>Holds the server up at a write, until it is done what others do meanwhile.</summary>
    /// <param name="write">At which write, from 0.</param>
    /// <param name="act">What the server does; how it ends is returned.</param>
    /// <param name="meanwhile">What others do.</param>
    internal async Task<T> HoldUpAsync<T>(int write, Func<Task<T>> act, Func<Task> meanwhile)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new Fault(write, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection, () =>
        {
            reached.SetResult();
            return released.Task;
        });
        Proxy.Arm(held with { IsHeldUp = true });
        var acting = act();
        try
        {
            await Task.WhenAny(reached.Task, acting);
            Assert.True(reached.Task.IsCompleted, $"There was no write {write}.");
            await meanwhile();
        }
        finally
        {
            released.SetResult();
        }

        var result = await acting;
        Proxy.Arm(null);
        return result;
    }

    /// <summary>A new user, by the name that its message and its address have.</summary>
    internal async Task<(string Name, ObjectId User)> AddUserAsync(bool isEncrypted)
    {
        var name = NewName();
        var user = await Host.AddUserAsync($"{name}@example.test");
        if (isEncrypted)
        {
            await Host.UseSmimeAsync(user);
        }

        return (name, user);
    }

    /// <summary>Ends the fault, and waits until the server has found its way back to the database.</summary>
    internal async Task RecoverAsync()
    {
        Proxy.Arm(null);
        Proxy.Heal();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await Host.FindAsync("settings");
                return true;
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                return false;
            }
        });
    }

    /// <summary>Delivers the message of this name to the user of this name.</summary>
    internal async Task<DeliveryOutcome> DeliverAsync(string name) =>
        Assert.Single(await Host.DeliverAsync(DeliveryHost.NewTransaction(), NewMessage(name), $"{name}@example.test"));

    /// <summary>A name that no other user or message has.</summary>
    public static string NewName() => string.Create(CultureInfo.InvariantCulture, $"user{Interlocked.Increment(ref _names)}");

    /// <summary>
    /// A message with three attachments: one that all messages share, and two whose bytes are like those of no other name,
    /// the first of them of more chunks than are written at once.
    /// </summary>
    public static byte[] NewMessage(string name)
    {
        var large = string.Concat(Enumerable.Repeat($"{name} is a long line that is written again and again\r\n", 1_200_000 / (name.Length + 50)));
        return Encoding.ASCII.GetBytes(
            $"From: Author <author-of-{name}@friend.test>\r\nSubject: {name}\r\nMessage-ID: <{name}@friend.test>\r\n" +
            "Content-Type: multipart/mixed; boundary=BB\r\n\r\n--BB\r\nContent-Type: text/plain\r\n\r\ntext\r\n" +
            "--BB\r\nContent-Type: application/octet-stream\r\n\r\nthe same in all\r\n" +
            $"--BB\r\nContent-Type: application/octet-stream\r\n\r\n{large}\r\n" +
            $"--BB\r\nContent-Type: application/octet-stream\r\n\r\nsmall {name}\r\n--BB--\r\n");
    }

    /// <summary>As if the time that a delivery, or the change of a message, belongs to its server were over.</summary>
    public async Task ExpireLeasesAsync()
    {
        foreach (var name in new[] { ClaimStore.CollectionName, ChangeStore.CollectionName })
        {
            await Own.GetCollection<BsonDocument>(name).UpdateManyAsync(
                Builders<BsonDocument>.Filter.Ne("leaseUntil", BsonNull.Value),
                Builders<BsonDocument>.Update.Set("leaseUntil", DateTime.UtcNow.AddHours(-1)),
                cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What the sweepers do in the course of time: finish or undo, then remove the tokens of what is stored.</summary>
    public async Task SweepAsync()
    {
        for (var round = 0; round < 2; round++)
        {
            await ExpireLeasesAsync();
            await Host.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
            await Host.Get<ChangeSweeper>().SweepAsync(TestContext.Current.CancellationToken);
        }
    }

    internal Task<List<BsonDocument>> FindClaimsAsync() => Own.GetCollection<BsonDocument>(ClaimStore.CollectionName)
        .Find(FilterDefinition<BsonDocument>.Empty)
        .ToListAsync(TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<string>> ProblemsAsync() => new StorageAudit(Mail, Own).ProblemsAsync();

    /// <summary>The messages of a user, all or those with a subject.</summary>
    public async Task<long> CountMessagesAsync(ObjectId user, string? subject = null)
    {
        var filter = Builders<BsonDocument>.Filter.Eq("user", user);
        if (subject is not null)
        {
            filter &= Builders<BsonDocument>.Filter.Eq("subject", subject);
        }

        return await Mail.GetCollection<BsonDocument>("messages").CountDocumentsAsync(
            filter, cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        _direct?.Dispose();
        await _mongo.DisposeAsync();
    }
}
