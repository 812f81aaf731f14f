using Lmtp.Benchmarks.Mime;
using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>
/// Whatever a message is made of, work grows with its size and no faster. The measure is the memory that is allocated,
/// which is the same in every run; CPU time is measured by the benchmarks with the same messages.
/// </summary>
public sealed class HostileMessageTests
{
    private const int Small = 300_000;
    private const int Large = 4 * Small;
    private const int Huge = 25_000_000;

    // What a collection of garbage, which other tests bring about, makes the pools let go is allocated anew once.
    private const int Runs = 4;

    // Four times the size, and the steps in which buffers grow.
    private const double MostGrowth = 4 * 2.2;

    // Of the large message's characters, in whose size buffers come from the pools, two such buffers may be new ones.
    private const int Fixed = 2 * 4 * 1024 * 1024 + 100_000;

    // What costs most is a list of addresses of one letter each: every one becomes three objects.
    private const int MostForEachByte = 200;

    public static TheoryData<string> Names => [.. HostileMessages.All.Select(static sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Memory_grows_no_faster_than_the_message(string name)
    {
        var create = HostileMessages.All.Single(sample => sample.Name == name).Create;
        var small = await LeastAsync(create(Small), enough: 0);
        var most = Math.Min((long)(small * MostGrowth) + Fixed, (long)Large * MostForEachByte);
        var large = await LeastAsync(create(Large), enough: most);

        TestContext.Current.TestOutputHelper?.WriteLine($"{small} bytes for {Small}, {large} for {Large}");
        Assert.InRange(large, 0, most);
    }

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public async Task A_huge_message_takes_memory_in_proportion(string name)
    {
        var message = HostileMessages.All.Single(sample => sample.Name == name).Create(Huge);

        Assert.InRange(await MeasureAsync(message), 0, (long)Huge * MostForEachByte);
    }

    [Fact]
    public async Task Harmless_messages_take_little_memory()
    {
        foreach (var (name, create) in HostileMessages.Benign)
        {
            var allocated = await MeasureAsync(create(Large));

            Assert.True(allocated < Large * 32L, $"{name}: {allocated} bytes for {Large}");
        }
    }

    // A run that took no more than is allowed decides it; further ones could only take less.
    private static async Task<long> LeastAsync(byte[] message, long enough)
    {
        var least = long.MaxValue;
        for (var run = 0; run < Runs && least > enough; run++)
        {
            least = Math.Min(least, await MeasureAsync(message));
        }

        return least;
    }

    /// <summary>The bytes that indexing and evaluating a message allocate; nothing in it leaves the thread.</summary>
    private static async Task<long> MeasureAsync(byte[] message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var indexer = new MessageIndexer(randomName: static () => 0);
        for (var offset = 0; offset < message.Length; offset += 32 * 1024)
        {
            indexer.Write(message.AsSpan(offset, Math.Min(32 * 1024, message.Length - offset)));
        }

        using var indexed = await indexer.CompleteAsync(new MemoryMessageSource(message), TestContext.Current.CancellationToken);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
