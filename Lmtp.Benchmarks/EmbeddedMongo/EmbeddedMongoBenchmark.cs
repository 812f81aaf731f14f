using System.Diagnostics;
using System.Net;
using Lmtp.EmbeddedMongo.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lmtp.Benchmarks.EmbeddedMongo;

/// <summary>
/// Measures the embedded database with the client on the same machine: writes, finds, find-and-modify, range scans,
/// start-up and memory with a million documents.
/// </summary>
internal static class EmbeddedMongoBenchmark
{
    private const int Small = 1024;
    private const int Large = 50 * 1024;
    private const int Many = 64;
    private const int PointDocuments = 100_000;
    private const int RangeSize = 100;
    private const int Million = 1_000_000;

    /// <summary>Runs everything.</summary>
    /// <param name="directory">A folder on the disk to measure; what is made in it is removed.</param>
    /// <param name="part"><c>commands</c> or <c>million</c> for that part alone; null for both.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RunAsync(string directory, string? part, CancellationToken cancellationToken)
    {
        string data = Path.Combine(directory, $"lmtp-benchmark-{Guid.NewGuid():N}");
        Directory.CreateDirectory(data);
        try
        {
            Console.WriteLine($"one flush of the disk: {MeasureFlush(data):N2} ms");
            if (part is null or "commands")
            {
                await MeasureCommandsAsync(Path.Combine(data, "commands"), cancellationToken);
            }

            if (part is null or "million")
            {
                await MeasureMillionAsync(Path.Combine(data, "million"), cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static double MeasureFlush(string directory)
    {
        const int Rounds = 200;
        string path = Path.Combine(directory, "flush");
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        byte[] bytes = new byte[Small];
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < Rounds; i++)
        {
            RandomAccess.Write(file, bytes, (long)i * Small);
            RandomAccess.FlushToDisk(file);
        }

        return watch.Elapsed.TotalMilliseconds / Rounds;
    }

    private static async Task MeasureCommandsAsync(string directory, CancellationToken token)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(directory, token);
        ServerProcess at = server;
        Console.WriteLine("| what | connections | a second | median ms | 99 % ms | server's processor time a command, µs |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (int connections in (int[])[1, Many])
        {
            await LoadGenerator.MeasureAsync(
                "insert 1 kB, journaled", at, connections, i => Insert($"small{connections}", i, Small, true), 1, token);
            await LoadGenerator.MeasureAsync(
                "insert 50 kB, journaled", at, connections, i => Insert($"large{connections}", i, Large, true), 1, token);
        }

        await LoadGenerator.MeasureAsync("insert 1 kB, not journaled", at, Many, i => Insert("loose", i, Small, false), 1, token);
        await FillAsync(at.EndPoint, "points", PointDocuments, Small, token);
        await LoadGenerator.MeasureAsync("find by _id, 1 kB", at, 1, i => Commands.FindById("points", Spread(i, PointDocuments)), 1, token);
        await LoadGenerator.MeasureAsync("find by _id, 1 kB", at, Many, i => Commands.FindById("points", Spread(i, PointDocuments)), 1, token);
        await LoadGenerator.MeasureAsync(
            "range of 100 documents of 1 kB by an index (documents)", at, Many, i => Commands.FindRange("points", Spread(i, PointDocuments - RangeSize), RangeSize), RangeSize, token);
        await LoadGenerator.MeasureAsync("findAndModify $inc, one document", at, Many, _ => Commands.Increment("points", 1, false), 1, token);
        await LoadGenerator.MeasureAsync(
            "findAndModify $inc, many documents", at, Many, i => Commands.Increment("points", Spread(i, PointDocuments), false), 1, token);
        await LoadGenerator.MeasureAsync(
            "findAndModify $inc, many documents, journaled", at, Many, i => Commands.Increment("points", Spread(i, PointDocuments), true), 1, token);
    }

    private static async Task MeasureMillionAsync(string directory, CancellationToken token)
    {
        long empty;
        await using (ServerProcess server = await ServerProcess.StartAsync(directory, token))
        {
            empty = server.ResidentBytes;
            Console.WriteLine($"start, no documents: {server.StartTime.TotalSeconds:N2} s");
            await FillAsync(server.EndPoint, "million", Million, 300, token);
        }

        await using (ServerProcess server = await ServerProcess.StartAsync(directory, token))
        {
            Console.WriteLine($"start after a clean stop, 1,000,000 documents: {server.StartTime.TotalSeconds:N2} s");
            Console.WriteLine($"resident memory above that of an empty server: {(server.ResidentBytes - empty) / (double)Million:N0} bytes a document");
            await server.KillAsync();
        }

        await MeasureMemoryAsync(directory, token);
        File.Delete(Path.Combine(directory, "CHECKPOINT"));
        await using (ServerProcess server = await ServerProcess.StartAsync(directory, token))
        {
            Console.WriteLine($"start without a checkpoint, 1,000,000 documents: {server.StartTime.TotalSeconds:N2} s");
        }
    }

    private static async Task MeasureMemoryAsync(string directory, CancellationToken token)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        StorageOptions options = new() { Directory = directory };
        await using StorageEngine engine = await StorageEngine.OpenAsync(options, TimeProvider.System, NullLogger.Instance, token);
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Million;
        long entries = engine.Collections.Sum(collection => collection.Indexes.Sum(index => index.EntryCount));
        Console.WriteLine($"live managed memory: {bytes:N0} bytes a document ({entries:N0} index entries)");
    }

    private static async Task FillAsync(IPEndPoint server, string collection, int count, int size, CancellationToken token)
    {
        const int Batch = 1000;
        using WireClient client = await WireClient.ConnectAsync(server, token);
        await client.SendAsync(Commands.CreateIndex(collection), token);
        for (int i = 0; i < count; i += Batch)
        {
            byte[][] documents = [.. Enumerable.Range(i, Batch).Select(id => Commands.Document(id, size))];
            await client.SendAsync(Commands.Insert(collection, documents, journaled: false), token);
        }
    }

    private static byte[] Insert(string collection, long id, int size, bool journaled) =>
        Commands.Insert(collection, [Commands.Document(id, size)], journaled);

    // A multiplication by a prime visits the documents in no order that a disk or a cache could like.
    private static long Spread(long number, long count) => number * 7919 % count;
}
