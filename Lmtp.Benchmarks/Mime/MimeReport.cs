using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;

using MongoDB.Bson;

namespace Lmtp.Benchmarks.Mime;

/// <summary>
/// Measures the indexer in CPU time of the whole process, which a loaded machine distorts less than the clock, beside
/// what SHA-256 alone costs on the same bytes.
/// </summary>
internal static class MimeReport
{
    private const int ChunkSize = 32 * 1024;
    private const int HostileRounds = 3;
    private const int Rounds = 5;

    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1);

    private static readonly MessageDocumentBuilder Builder = new();
    private static readonly ObjectId Id = ObjectId.GenerateNewId();

    private static readonly (string Name, Func<byte[], ValueTask<long>> Work)[] Measures =
    [
        ("SHA-256", static message => ValueTask.FromResult(Digest(message))),
        ("index", static message => ValueTask.FromResult(Index(message))),
        ("evaluate too", EvaluateAsync),
        ("document too", BuildAsync),
    ];

    /// <summary>Prints one line for each message and measure.</summary>
    /// <param name="only">What the names of sample and measure have to contain.</param>
    public static async Task RunAsync(ReadOnlyMemory<string> only)
    {
        Console.WriteLine("message          measure          µs CPU/message   messages/s      MB/s   bytes allocated  of header");
        foreach (var (name, create) in SampleMessages.All)
        {
            var message = new Lazy<byte[]>(create);
            foreach (var (measure, work) in Measures)
            {
                if (IsWanted($"{name} {measure}", only))
                {
                    await MeasureAsync(name, measure, message.Value, work);
                }
            }
        }
    }

    /// <summary>Prints what indexing the messages of a folder allocates beside the size of their headers.</summary>
    public static async Task RunFolderAsync(string folder)
    {
        var ratios = new List<double>();
        var (allocated, headers) = (0L, 0L);
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories))
        {
            var message = await File.ReadAllBytesAsync(file);
            await EvaluateAsync(message);
            var (bytes, header) = (await AllocatedBytesAsync(message, EvaluateAsync), await HeaderBytesAsync(message));
            allocated += bytes;
            headers += header;
            ratios.Add((double)bytes / header);
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ratios.Count} messages: {allocated:N0} bytes allocated for {headers:N0} bytes of headers ({(double)allocated / headers:N1}); "
            + $"half of them at most {ratios[ratios.Count / 2]:N1}, {ratios.Count(static ratio => ratio <= 4)} at most 4"));
    }

    /// <summary>
    /// Prints what hostile messages cost beside a harmless one of 25 MB. Where most of a message is header, a smaller one
    /// may cost more, because a document holds no more than 16 MiB and anything larger is refused early.
    /// </summary>
    /// <param name="only">What the name of the message has to contain.</param>
    public static async Task RunHostileAsync(ReadOnlyMemory<string> only)
    {
        var benign = (await MeasureOnceAsync(HostileMessages.Benign[0].Create(HostileMessages.Sizes[0]))).Milliseconds;
        var header = string.Concat(HostileMessages.Sizes.Select(static size => string.Create(CultureInfo.InvariantCulture, $"{size / 1e6,8:N1} MB")));
        Console.WriteLine($"{"CPU ms",-32} {header}       MB allocated   times {HostileMessages.Benign[0].Name}");
        foreach (var (name, create) in HostileMessages.Benign.Concat(HostileMessages.All).Where(sample => IsWanted(sample.Name, only)))
        {
            var line = new StringBuilder($"{name,-32} ");
            var (most, allocated) = (0.0, 0.0);
            foreach (var size in HostileMessages.Sizes)
            {
                var (milliseconds, megabytes) = await MeasureOnceAsync(create(size));
                line.Append(CultureInfo.InvariantCulture, $"{milliseconds,11:N0}");
                (most, allocated) = (Math.Max(most, milliseconds), Math.Max(allocated, megabytes));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line} {allocated,18:N0} {most / benign,10:N1}"));
        }
    }

    /// <summary>The least milliseconds of CPU time and megabytes allocated of three runs.</summary>
    private static async Task<(double Milliseconds, double Megabytes)> MeasureOnceAsync(byte[] message)
    {
        var (least, allocated) = (double.MaxValue, 0L);
        for (var round = 0; round < HostileRounds; round++)
        {
            allocated = GC.GetTotalAllocatedBytes();
            var before = Environment.CpuUsage.TotalTime;
            await EvaluateAsync(message);
            least = Math.Min(least, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            allocated = GC.GetTotalAllocatedBytes() - allocated;
        }

        return (least, allocated / 1e6);
    }

    private static bool IsWanted(string name, ReadOnlyMemory<string> only) =>
        only.ToArray().All(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static async Task MeasureAsync(string name, string measure, byte[] message, Func<byte[], ValueTask<long>> work)
    {
        await RunAsync(message, work, RoundTime);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            best = Math.Min(best, await RunAsync(message, work, RoundTime));
        }

        var allocated = await AllocatedBytesAsync(message, work);
        var ratio = (double)allocated / await HeaderBytesAsync(message);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-16} {measure,-16} {best * 1e6,14:N1} {1 / best,12:N0} {message.Length / best / 1e6,9:N0} {allocated,17:N0} {ratio,10:N1}"));
    }

    /// <summary>The least of several runs: what other threads allocate meanwhile counts too.</summary>
    private static async Task<long> AllocatedBytesAsync(byte[] message, Func<byte[], ValueTask<long>> work)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await work(message);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    /// <summary>The bytes of the headers of all parts, with the empty lines that end them.</summary>
    private static async Task<long> HeaderBytesAsync(byte[] message)
    {
        using var indexer = new MessageIndexer();
        Write(indexer, message);
        using var indexed = await indexer.CompleteAsync(new MemoryMessageSource(message), CancellationToken.None);
        return HeaderBytes(indexed.Root);
    }

    private static long HeaderBytes(MimeNode node)
    {
        var bytes = 2 + node.Header.Sum(static field => field.Length + 2L);
        foreach (var part in node.Children)
        {
            bytes += HeaderBytes(part);
        }

        return bytes + (node.Message is { } inner ? HeaderBytes(inner) : 0);
    }

    /// <summary>Seconds of CPU time for one message.</summary>
    private static async Task<double> RunAsync(byte[] message, Func<byte[], ValueTask<long>> work, TimeSpan time)
    {
        var count = 0;
        var clock = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        do
        {
            await work(message);
            count++;
        }
        while (clock.Elapsed < time);
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds / count;
    }

    private static long Digest(byte[] message) => SHA256.HashData(message)[0];

    private static long Index(byte[] message)
    {
        using var indexer = new MessageIndexer();
        Write(indexer, message);
        return indexer.EndParsing().Size;
    }

    private static async ValueTask<long> EvaluateAsync(byte[] message)
    {
        using var indexer = new MessageIndexer();
        Write(indexer, message);
        using var indexed = await indexer.CompleteAsync(new MemoryMessageSource(message), CancellationToken.None);
        return indexed.Attachments.Count;
    }

    private static async ValueTask<long> BuildAsync(byte[] message)
    {
        using var indexer = new MessageIndexer();
        Write(indexer, message);
        using var indexed = await indexer.CompleteAsync(new MemoryMessageSource(message), CancellationToken.None);
        return Builder.Build(new MessageFields
        {
            Id = Id,
            Copy = MessageCopy.Create(indexed, "user@example.com", "sender@example.net", isFirst: true),
            InternalDate = DateTime.UnixEpoch,
            Meta = [],
            Magic = 1,
            Mailbox = Id,
            User = Id,
            Uid = 1,
            ModSeq = 1,
            Thread = Id,
        }).ElementCount;
    }

    private static void Write(MessageIndexer indexer, byte[] message)
    {
        for (var offset = 0; offset < message.Length; offset += ChunkSize)
        {
            indexer.Write(message.AsSpan(offset, Math.Min(ChunkSize, message.Length - offset)));
        }
    }
}
