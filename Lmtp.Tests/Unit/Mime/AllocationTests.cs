using System.Diagnostics;
using System.Globalization;
using System.Reflection;

using Lmtp.Benchmarks.Mime;
using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>
/// What indexing allocates beyond its pools, as a multiple of the headers of all parts: what was reached, with some room.
/// Others would take from the pools, so that nothing else may run meanwhile.
/// </summary>
[Collection(nameof(HostileCostTests))]
public sealed class AllocationTests
{
    private const int Runs = 5;

    // Code that is not optimised makes an object of every asynchronous call.
    private static readonly bool IsOptimised =
        typeof(MessageIndexer).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled != true;

    /// <summary>Sample, most times the headers for the pass over the bytes, and for everything, optimised and not.</summary>
    public static TheoryData<string, double, double, double> Samples { get; } = new()
    {
        { "plain 2 kB", 1, 4.5, 7 },
        { "multipart 30 kB", 1.2, 3, 8 },
        { "attachment 5 MB", 1, 3.8, 7 },
        { "10,000 parts", 0.1, 0.1, 12 },
        { "false delimiters", 2, 5, 8 },
        { "100,000 headers", 0.1, 0.1, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Indexing_allocates_no_more_than_a_few_times_the_headers(
        string sample, double mostForIndex, double mostForAll, double mostUnoptimised)
    {
        var message = SampleMessages.All.Single(known => known.Name == sample).Create();
        var (index, all, header) = (long.MaxValue, long.MaxValue, 1L);
        for (var run = 0; run < Runs; run++)
        {
            var measured = await MeasureAsync(message);
            (index, all, header) = (Math.Min(index, measured.Index), Math.Min(all, measured.All), measured.Header);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{sample}: {index} bytes, {all} with everything, for {header} bytes of headers"));
        Assert.InRange((double)index / header, 0, mostForIndex);
        Assert.InRange((double)all / header, 0, IsOptimised ? mostForAll : mostUnoptimised);
    }

    /// <summary>The bytes allocated by this thread, which nothing in it leaves.</summary>
    private static async Task<(long Index, long All, long Header)> MeasureAsync(byte[] message)
    {
        var source = new MemoryMessageSource(message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (var indexer = new MessageIndexer())
        {
            Write(indexer, message);
            indexer.EndParsing();
        }

        var index = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        using var second = new MessageIndexer();
        Write(second, message);
        using var indexed = await second.CompleteAsync(source, TestContext.Current.CancellationToken);
        var all = GC.GetAllocatedBytesForCurrentThread() - before;
        return (index, all, HeaderBytes(indexed.Root));
    }

    private static void Write(MessageIndexer indexer, byte[] message)
    {
        for (var offset = 0; offset < message.Length; offset += 32 * 1024)
        {
            indexer.Write(message.AsSpan(offset, Math.Min(32 * 1024, message.Length - offset)));
        }
    }

    private static long HeaderBytes(MimeNode node)
    {
        var bytes = 2 + node.Header.Sum(static field => field.Length + 2L);
        foreach (var part in node.Children)
        {
            bytes += HeaderBytes(part);
        }

        return bytes;
    }
}
