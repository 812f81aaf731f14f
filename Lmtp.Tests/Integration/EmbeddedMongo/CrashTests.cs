using System.Globalization;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Maintenance;
using Lmtp.Tests.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>Kills the server in the middle of work, again and again on the same data, and looks at what is left.</summary>
public sealed class CrashTests
{
    private const int Clients = 6;
    private const int MostWrites = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Acknowledged_writes_survive_kill_in_30_rounds() => KillAgainAndAgainAsync(30, seed: 1);

    [Fact]
    [Trait("Category", "Long")]
    public Task Acknowledged_writes_survive_kill_in_500_rounds() => KillAgainAndAgainAsync(500, seed: 2);

    private static async Task KillAgainAndAgainAsync(int rounds, int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        using TemporaryDirectory data = new();
        CrashWorkload[] workloads = [.. Enumerable.Range(0, Clients).Select(client => new CrashWorkload(client, random.Next()))];
        for (int round = 0; round < rounds; round++)
        {
            await RunUntilKilledAsync(data.Path, workloads, new CrashMoment(random.Next(1, MostWrites)));
            await CheckAsync(data.Path, workloads, keepCheckpoint: round % 2 == 0);
        }
    }

    private static async Task RunUntilKilledAsync(string directory, CrashWorkload[] workloads, CrashMoment moment)
    {
        string server = Path.Combine(AppContext.BaseDirectory, "Lmtp.EmbeddedMongo.dll");
        await using ChildProcess process = ChildProcess.Start("dotnet", [server, "--data", directory, "--port", "0"]);
        const string Announcement = "Listening on ";
        string line = await process.WaitForLineAsync(
            text => text.StartsWith(Announcement, StringComparison.Ordinal), Patience, Token);
        MongoClientSettings settings = MongoClientSettings.FromConnectionString(line[Announcement.Length..]);
        settings.ServerSelectionTimeout = Patience;
        settings.RetryWrites = false;
        using MongoClient client = new(settings);
        IMongoDatabase database = client.GetDatabase("crash");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] running = [.. workloads.Select(workload => workload.RunAsync(database, moment, stop.Token))];
        await moment.Reached.WaitAsync(Patience, Token);
        await process.KillAsync(Token);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private static async Task CheckAsync(string directory, CrashWorkload[] workloads, bool keepCheckpoint)
    {
        using TemporaryDirectory copy = new();
        foreach (string file in Directory.EnumerateFiles(directory))
        {
            string name = Path.GetFileName(file);
            if (name != "LOCK" && (keepCheckpoint || name != "CHECKPOINT"))
            {
                File.Copy(file, copy.File(name));
            }
        }

        StorageOptions options = new() { Directory = copy.Path };
        await using StorageEngine engine = await StorageEngine.OpenAsync(options, TimeProvider.System, NullLogger.Instance, Token);
        VerifyReport report = await engine.VerifyAsync(Token);
        Assert.Empty(report.Problems);
        foreach (CrashWorkload workload in workloads)
        {
            workload.Check(id => Read(engine, id));
        }
    }

    private static byte[]? Read(StorageEngine engine, string id)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(id);
        byte[] value = [.. BitConverter.GetBytes(text.Length + 1), .. text, 0];
        if (engine.Find(new Namespace("crash", "things")) is not { } things
            || things.FindById(new BsonValueSlice(BsonType.String, value)) is not { } record)
        {
            return null;
        }

        Assert.True(things.TryRead(record, out ReadOnlyMemory<byte> document), string.Create(CultureInfo.InvariantCulture, $"record {record.Value}"));
        return document.ToArray();
    }
}
