using System.Net;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>An unmodified WildDuck with its HTTP API, IMAP, POP3 and LMTP on free ports, over a database of its own.</summary>
internal sealed class WildDuckServer : IAsyncDisposable
{
    /// <summary>More than the corpus has, so that POP3 shows all of it.</summary>
    private const int Pop3Window = 1000;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly ChildProcess _process;

    private WildDuckServer(ChildProcess process, WildDuckPorts ports, string connectionString)
    {
        _process = process;
        Ports = ports;
        ConnectionString = connectionString;
        Api = new WildDuckApi(new Uri($"http://127.0.0.1:{ports.Api}"));
        Database = new MongoClient(connectionString).GetDatabase(new MongoUrl(connectionString).DatabaseName);
    }

    public WildDuckPorts Ports { get; }

    public string ConnectionString { get; }

    public WildDuckApi Api { get; }

    public IMongoDatabase Database { get; }

    /// <summary>The database of outgoing mail.</summary>
    public IMongoDatabase Queue => Database.Client.GetDatabase($"{Database.DatabaseNamespace.DatabaseName}-queue");

    public IPEndPoint Lmtp => new(IPAddress.Loopback, Ports.Lmtp);

    public IPEndPoint Imap => new(IPAddress.Loopback, Ports.Imap);

    public IPEndPoint Pop3 => new(IPAddress.Loopback, Ports.Pop3);

    public static async Task<WildDuckServer> StartAsync(string modules, string mongo, string database, int redisPort, int redisDatabase, string directory)
    {
        var ports = WildDuckPorts.Free();
        var connectionString = $"{mongo}/{database}";
        var settings = Path.Combine(directory, $"{database}.toml");
        await File.WriteAllTextAsync(settings, Settings(ports, connectionString, $"{database}-queue", redisPort, redisDatabase));
        var process = ChildProcess.Start(
            WildDuckPackages.Node(modules), ["server.js", $"--config={settings}"], workingDirectory: WildDuckPackages.Server(modules));
        var server = new WildDuckServer(process, ports, connectionString);
        try
        {
            await server.WaitUntilHealthyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<List<BsonDocument>> FindAsync(string collection, BsonDocument filter, string sort = "_id") =>
        await Database.GetCollection<BsonDocument>(collection)
            .Find(new BsonDocumentFilterDefinition<BsonDocument>(filter))
            .Sort(Builders<BsonDocument>.Sort.Ascending(sort))
            .ToListAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _process.DisposeAsync();
    }

    private static string Settings(WildDuckPorts ports, string mongo, string queue, int redisPort, int redisDatabase) =>
        $"""
        processes = 1
        emailDomain = "example.com"
        [log]
        level = "info"
        [dbs]
        mongo = "{mongo}"
        sender = "{queue}"
        [dbs.redis]
        host = "127.0.0.1"
        port = {redisPort}
        db = {redisDatabase}
        [imap]
        enabled = true
        host = "127.0.0.1"
        port = {ports.Imap}
        secure = false
        disableSTARTTLS = true
        [pop3]
        enabled = true
        host = "127.0.0.1"
        port = {ports.Pop3}
        secure = true
        maxMessages = {Pop3Window}
        [lmtp]
        enabled = true
        host = "127.0.0.1"
        port = {ports.Lmtp}
        [api]
        enabled = true
        host = "127.0.0.1"
        port = {ports.Api}
        [tasks]
        enabled = true
        [webhooks]
        enabled = false
        """;

    private async Task WaitUntilHealthyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"WildDuck ended with {_process.ExitCode}:\n{_process.Output}");
            }

            if (await Api.IsHealthyAsync(limit.Token))
            {
                return;
            }
        }
    }
}
