using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Spool;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.Delivery;

public sealed class MessageSpoolTests : IDisposable
{
    private const int Segment = SpoolMemoryBudget.SegmentSize;

    private readonly string _folder = Directory.CreateTempSubdirectory("lmtp-spool-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(SpoolMemoryBudget.UnitSize, false)]
    [InlineData(SpoolMemoryBudget.UnitSize + 1, false)]
    [InlineData(Segment, false)]
    [InlineData(Segment + 1, false)]
    [InlineData(2 * Segment, false)]
    [InlineData((2 * Segment) + 1, true)]
    [InlineData(10 * Segment, true)]
    public async Task Message_goes_to_a_file_above_the_threshold(int length, bool inFile)
    {
        using var parts = new Parts(_folder, budget: 1024L * 1024 * 1024, perMessage: 2 * Segment);
        await using var spool = parts.NewSpool();
        var bytes = RandomBytes(length);
        for (var offset = 0; offset < length; offset += 10_000)
        {
            await spool.WriteAsync(
                bytes.AsMemory(offset, Math.Min(10_000, length - offset)), TestContext.Current.CancellationToken);
        }

        Assert.Equal(inFile, spool.IsInFile);
        Assert.Equal(bytes, await ReadAllAsync(spool));
    }

    [Fact]
    public async Task Message_goes_to_a_file_when_the_budget_is_used_up()
    {
        using var parts = new Parts(_folder, budget: 2 * Segment, perMessage: 100 * Segment);
        await using var spool = parts.NewSpool();
        var bytes = RandomBytes(5 * Segment);
        await spool.WriteAsync(bytes, TestContext.Current.CancellationToken);
        Assert.True(spool.IsInFile);
        Assert.Equal(1, parts.Budget.InUse);
        Assert.Equal(bytes, await ReadAllAsync(spool));
    }

    [Fact]
    public async Task New_message_waits_until_another_one_gives_its_memory_back()
    {
        using var parts = new Parts(_folder, budget: SpoolMemoryBudget.UnitSize, perMessage: 100 * Segment);
        var first = parts.NewSpool();
        await first.WriteAsync(RandomBytes(10), TestContext.Current.CancellationToken);
        await using var second = parts.NewSpool();
        var write = second.WriteAsync(RandomBytes(10), TestContext.Current.CancellationToken).AsTask();
        Assert.False(write.IsCompleted);
        Assert.Equal(1, parts.Budget.Waits);
        await first.DisposeAsync();
        await write;
        Assert.Equal(10, second.Length);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(SpoolMemoryBudget.UnitSize, 1)]
    [InlineData(SpoolMemoryBudget.UnitSize + 1, Segment / SpoolMemoryBudget.UnitSize)]
    [InlineData(Segment + 1, 2 * Segment / SpoolMemoryBudget.UnitSize)]
    public async Task Message_holds_little_before_it_has_sent_more(int length, int units)
    {
        using var parts = new Parts(_folder, budget: 100L * Segment, perMessage: 10 * Segment);
        await using var spool = parts.NewSpool();
        foreach (var one in RandomBytes(length).Chunk(1_000))
        {
            await spool.WriteAsync(one, TestContext.Current.CancellationToken);
        }

        Assert.Equal(units, parts.Budget.InUse);
    }

    [Fact]
    public async Task Small_message_goes_to_a_file_when_there_is_no_memory_for_more()
    {
        using var parts = new Parts(_folder, budget: SpoolMemoryBudget.UnitSize, perMessage: 10 * Segment);
        await using var spool = parts.NewSpool();
        var bytes = RandomBytes(SpoolMemoryBudget.UnitSize + 10);
        await spool.WriteAsync(bytes.AsMemory(0, 100), TestContext.Current.CancellationToken);
        await spool.WriteAsync(bytes.AsMemory(100), TestContext.Current.CancellationToken);
        Assert.True(spool.IsInFile);
        Assert.Equal(bytes, await ReadAllAsync(spool));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Message_that_may_not_wait_goes_to_a_file_when_there_is_no_memory_at_all(int free, bool inFile)
    {
        using var parts = new Parts(_folder, budget: 3 * SpoolMemoryBudget.UnitSize, perMessage: 10 * Segment);
        Assert.True(parts.Budget.TryTake(3 - free));
        await using (var spool = parts.NewSpool(waits: false))
        {
            var bytes = RandomBytes(200);
            await spool.WriteAsync(bytes.AsMemory(0, 100), TestContext.Current.CancellationToken);
            await spool.WriteAsync(bytes.AsMemory(100), TestContext.Current.CancellationToken);
            Assert.Equal(inFile, spool.IsInFile);
            Assert.Equal(3, parts.Budget.InUse);
            Assert.Equal(bytes, await ReadAllAsync(spool));
        }

        Assert.Equal(3 - free, parts.Budget.InUse);
        Assert.Equal(0, parts.Budget.Waits);
    }

    [Fact]
    public async Task Everything_is_given_back_in_the_end()
    {
        using var parts = new Parts(_folder, budget: 100L * Segment, perMessage: 2 * Segment);
        var spool = parts.NewSpool();
        await spool.WriteAsync(RandomBytes(3 * Segment), TestContext.Current.CancellationToken);
        await spool.DisposeAsync();
        Assert.Equal(0, parts.Budget.InUse);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.eml", SearchOption.AllDirectories));
    }

    [Fact]
    public void Folder_of_a_process_that_is_gone_is_removed()
    {
        var abandoned = Directory.CreateDirectory(Path.Combine(_folder, "process-1-abc"));
        File.WriteAllText(Path.Combine(abandoned.FullName, "lock"), "");
        File.WriteAllText(Path.Combine(abandoned.FullName, "1.eml"), "half a message");
        using var parts = new Parts(_folder, budget: Segment, perMessage: Segment);
        parts.Directory.RemoveAbandoned();
        Assert.False(Directory.Exists(abandoned.FullName));
    }

    [Fact]
    public void Folder_of_a_living_process_stays()
    {
        using var living = new Parts(_folder, budget: Segment, perMessage: Segment);
        var file = living.Directory.NewFilePath();
        using var parts = new Parts(_folder, budget: Segment, perMessage: Segment);
        parts.Directory.RemoveAbandoned();
        Assert.True(Directory.Exists(Path.GetDirectoryName(file)));
    }

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> ReadAllAsync(MessageSpool spool)
    {
        var bytes = new byte[spool.Length];
        for (var offset = 0; offset < bytes.Length; offset += 70_001)
        {
            await spool.ReadAsync(
                offset,
                bytes.AsMemory(offset, Math.Min(70_001, bytes.Length - offset)),
                TestContext.Current.CancellationToken);
        }

        return bytes;
    }

    private sealed class Parts : IDisposable
    {
        private readonly int _perMessage;

        public Parts(string folder, long budget, int perMessage)
        {
            _perMessage = perMessage;
            var options = Options.Create(new DeliveryOptions { SpoolDirectory = folder, SpoolMemoryBudget = budget });
            Budget = new SpoolMemoryBudget(options);
            Directory = new SpoolDirectory(options, NullLogger<SpoolDirectory>.Instance);
        }

        public SpoolMemoryBudget Budget { get; }

        public SpoolDirectory Directory { get; }

        public MessageSpool NewSpool(bool waits = true) => new(Budget, Directory, _perMessage) { Waits = waits };

        public void Dispose()
        {
            Directory.Dispose();
            Budget.Dispose();
        }
    }
}
