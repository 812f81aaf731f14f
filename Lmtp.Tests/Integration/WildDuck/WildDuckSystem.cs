using System.Globalization;
using Lmtp.Tests.Processes;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>
/// Two installations over one embedded database and one Redis: in the first our server delivers and WildDuck serves, the
/// second is WildDuck alone. Both start when the first test asks for them; tests keep apart by user names.
/// </summary>
public sealed class WildDuckSystem : IAsyncLifetime
{
    private const int FirstRedisDatabase = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static int _names;

    /// <summary>On a busy machine a server may have a mailbox for longer than others wait for it by default.</summary>
    internal static readonly (string Key, string Value) PatientLease = ("Lmtp__Storage__MailboxLease", "00:01:00");

    private readonly TemporaryDirectory _directory = new();
    private readonly List<IAsyncDisposable> _started = [];
    private readonly SemaphoreSlim _starting = new(1);
    private RedisServer _redis = null!;
    private Task<DeliveredCorpus>? _corpus;
    private bool _isRunning;

    /// <summary>How the embedded database is reached, without the name of a database.</summary>
    internal string Mongo { get; private set; } = "";

    /// <summary>WildDuck over what our server delivers.</summary>
    internal WildDuckServer Served { get; private set; } = null!;

    /// <summary>WildDuck over what it delivered itself.</summary>
    internal WildDuckServer Reference { get; private set; } = null!;

    /// <summary>Our server.</summary>
    internal MailServer Mail { get; private set; } = null!;

    /// <summary>The database of our server alone, beside WildDuck's.</summary>
    internal IMongoDatabase OwnDatabase => Served.Database.Client.GetDatabase("lmtp");

    /// <summary>A user name that no other test has.</summary>
    public static string NewName(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref _names)}");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts what has not been started; the test skips where a package is absent.</summary>
    public async Task RequireAsync()
    {
        var modules = WildDuckPackages.Require();
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_isRunning)
            {
                await StartAsync(modules);
                _isRunning = true;
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Another server of ours, on the same Redis.</summary>
    /// <param name="connectionString">Its database; null for the one that is served.</param>
    /// <param name="settings">Further settings, in the form of the environment.</param>
    internal Task<MailServer> StartMailServerAsync(string? connectionString = null, params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);

        // WildDuck's own LMTP server looks at no spam header.
        all["Lmtp__Delivery__SpamHeader"] = "";
        all["Lmtp__Storage__QueueDatabase"] = Served.Queue.DatabaseNamespace.DatabaseName;
        return MailServer.StartAsync(
            connectionString ?? Served.ConnectionString, $"127.0.0.1:{_redis.Port}", FirstRedisDatabase, _directory.Path, all);
    }

    /// <summary>The real mails, delivered once by both; for tests that only read.</summary>
    internal async Task<DeliveredCorpus> RequireCorpusAsync()
    {
        await RequireAsync();
        _ = Corpus.Files();
        return await (_corpus ??= DeliveredCorpus.DeliverAsync(this));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _started.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }

        _starting.Dispose();
        _directory.Dispose();
    }

    private async Task StartAsync(string modules)
    {
        var mongoPort = FreePort.Next();
        Mongo = string.Create(CultureInfo.InvariantCulture, $"mongodb://127.0.0.1:{mongoPort}");
        var mongo = ChildProcess.Start(
            "dotnet", [Repository.Assembly("Lmtp.EmbeddedMongo"), "--data", _directory.File("mongo"), "--port", $"{mongoPort}"]);
        _started.Add(mongo);
        _redis = await RedisServer.StartAsync();
        _started.Add(_redis);
        await mongo.WaitForLineAsync(line => line.Contains($"{mongoPort}", StringComparison.Ordinal), StartLimit, CancellationToken.None);

        var served = WildDuckServer.StartAsync(modules, Mongo, "wildduck", _redis.Port, FirstRedisDatabase, _directory.Path);
        var reference = WildDuckServer.StartAsync(modules, Mongo, "reference", _redis.Port, FirstRedisDatabase + 1, _directory.Path);
        _started.Add(Served = await served);
        _started.Add(Reference = await reference);
        _started.Add(Mail = await StartMailServerAsync(settings: PatientLease));
    }
}
