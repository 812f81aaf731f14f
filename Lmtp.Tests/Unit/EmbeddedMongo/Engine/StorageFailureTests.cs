using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Maintenance;
using Lmtp.Tests.Unit.EmbeddedMongo.Index;
using static Lmtp.Tests.Unit.EmbeddedMongo.Engine.TemporaryDatabase;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

/// <summary>What is acknowledged is there, what is refused is not: while the disk fails, and after the next start.</summary>
public sealed class StorageFailureTests
{
    private const int SegmentSize = 8 * 1024;
    private const int Writers = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The limits end within the header of a frame, a document, and at the beginning of a new segment.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(7_600)]
    [InlineData(7_950)]
    [InlineData(8_000)]
    [InlineData(20_000)]
    public async Task Full_disk_refuses_writes_and_keeps_what_was_acknowledged(int space)
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        Collection things = await WriteSomeAsync(database);
        files.LimitSpace(space);
        (List<int> acknowledged, StorageException error) = await WriteUntilRefusedAsync(database.Engine, things, 100);
        Assert.Equal((14031, "OutOfDiskSpace"), (error.Code, error.CodeName));

        files.LimitSpace(long.MaxValue);
        Assert.Equal(14031, Assert.Throws<StorageException>(() => things.Insert(Document(9999))).Code);
        Assert.Throws<StorageException>(() => things.Modify(new RecordId(1), _ => Mutation.Delete));
        Assert.Throws<StorageException>(() => database.Engine.FindOrCreate(new Namespace("test", "other")));
        Assert.Throws<StorageException>(() => database.Engine.Drop(things));
        Assert.NotNull(database.Engine.Failure);
        await AssertHoldsExactlyAsync(database.Engine, acknowledged);

        await database.RestartAsync();
        await AssertHoldsExactlyAsync(database.Engine, acknowledged);
        await database.Engine.WaitDurableAsync(database.Engine.Find(Things)!.Insert(Document(9999)), Token);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(7, 1)]
    [InlineData(1, Writers)]
    [InlineData(4, Writers)]
    [InlineData(40, Writers)]
    public async Task Failed_flush_refuses_all_that_wait_for_it_and_takes_their_writes_back(int flush, int writers)
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        Collection things = await WriteSomeAsync(database);
        files.FailFlush(flush);
        (List<int> Acknowledged, StorageException Error)[] results = await Task.WhenAll(
            Enumerable.Range(1, writers).Select(writer => Task.Run(() => WriteUntilRefusedAsync(database.Engine, things, writer * 10_000), Token)));
        Assert.All(results, result => Assert.Equal((39, "FileStreamFailed"), (result.Error.Code, result.Error.CodeName)));

        List<int> acknowledged = [.. results.SelectMany(result => result.Acknowledged)];
        await AssertHoldsExactlyAsync(database.Engine, acknowledged);
        Assert.Throws<StorageException>(() => database.Engine.Find(Things)!.Insert(Document(9999)));
        await database.RestartAsync();
        await AssertHoldsExactlyAsync(database.Engine, acknowledged);
    }

    [Fact]
    public async Task Failed_flush_takes_updates_deletions_and_collections_back()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        Collection things = await WriteSomeAsync(database);
        await database.Engine.CheckpointAsync(Token);
        await database.Engine.WaitDurableAsync(things.Insert(Document(100, "n:100")), Token);
        files.FailFlush(1);
        things.Modify(new RecordId(1), _ => Mutation.Delete);
        things.Modify(new RecordId(2), _ => Mutation.Replace(Document(1, "n:-1")));
        database.Engine.FindOrCreate(new Namespace("test", "other")).Insert(Document(1));
        LogPosition last = database.Engine.Create(new Namespace("test", "another"), Document(1)).Position;
        await Assert.ThrowsAsync<StorageException>(async () => await database.Engine.WaitDurableAsync(last, Token));
        for (int start = 0; start < 2; start++)
        {
            Collection left = Assert.Single(database.Engine.Collections);
            await AssertHoldsExactlyAsync(database.Engine, [100]);
            Assert.True(left.TryRead(new RecordId(2), out ReadOnlyMemory<byte> document));
            Assert.Equal(Document(1, "n:1"), document.ToArray());
            await database.RestartAsync();
        }
    }

    [Fact]
    public async Task Writes_appended_before_the_disk_was_full_are_acknowledged()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        Collection things = await WriteSomeAsync(database);
        LogPosition written = things.Insert(Document(100));
        files.LimitSpace(0);
        Assert.Throws<StorageException>(() => things.Insert(Document(101)));
        await database.Engine.WaitDurableAsync(written, Token);
        await AssertHoldsExactlyAsync(database.Engine, [100]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(200)]
    public async Task Checkpoint_that_does_not_fit_leaves_the_one_before_and_the_writers_alone(int space)
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        Collection things = await WriteSomeAsync(database);
        await database.Engine.CheckpointAsync(Token);
        byte[] before = await File.ReadAllBytesAsync(Path.Combine(database.Directory, "CHECKPOINT"), Token);
        files.Concerns = path => path.Contains("CHECKPOINT", StringComparison.Ordinal);
        files.LimitSpace(space);
        await database.Engine.WaitDurableAsync(things.Insert(Document(100)), Token);
        await Assert.ThrowsAsync<IOException>(() => database.Engine.CheckpointAsync(Token));
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(database.Directory, "CHECKPOINT"), Token));
        Assert.False(File.Exists(Path.Combine(database.Directory, "CHECKPOINT.new")));

        files.LimitSpace(long.MaxValue);
        files.FailFlush(1);
        await Assert.ThrowsAsync<IOException>(() => database.Engine.CheckpointAsync(Token));
        await database.Engine.WaitDurableAsync(things.Insert(Document(101)), Token);
        await AssertHoldsExactlyAsync(database.Engine, [100, 101]);
        await database.RestartAsync();
        await AssertHoldsExactlyAsync(database.Engine, [100, 101]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(300, 0)]
    [InlineData(3_000, 0)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(int.MaxValue, 2)]
    public async Task Compaction_that_fails_loses_nothing(int space, int flush)
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        List<int> left = await WriteAndDeleteAsync(database);
        files.LimitSpace(space);
        files.FailFlush(flush);
        await Assert.ThrowsAsync<StorageException>(() => database.Engine.CompactAsync(Token));
        Assert.NotNull(database.Engine.Failure);
        await AssertHoldsExactlyAsync(database.Engine, left);
        files.LimitSpace(long.MaxValue);
        await database.RestartAsync();
        await AssertHoldsExactlyAsync(database.Engine, left);
        Assert.True(await database.Engine.CompactAsync(Token) > 0);
        await AssertHoldsExactlyAsync(database.Engine, left);
    }

    [Fact]
    public async Task Segment_that_cannot_be_read_or_deleted_stays_until_it_can()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        List<int> left = await WriteAndDeleteAsync(database);
        int before = Directory.GetFiles(database.Directory, "*.seg").Length;
        files.RefusesReading = true;
        await Assert.ThrowsAsync<IOException>(() => database.Engine.CompactAsync(Token));
        Assert.Equal(39, Assert.Throws<StorageException>(() => database.Engine.Find(Things)!.TryRead(new RecordId(1), out _)).Code);
        files.RefusesReading = false;
        files.RefusesDeletion = true;
        await Assert.ThrowsAsync<IOException>(() => database.Engine.CompactAsync(Token));
        files.RefusesDeletion = false;
        Assert.Null(database.Engine.Failure);
        await AssertHoldsExactlyAsync(database.Engine, left);
        await database.Engine.CompactAsync(Token);
        Assert.True(Directory.GetFiles(database.Directory, "*.seg").Length < before / 2);
        await database.RestartAsync();
        await AssertHoldsExactlyAsync(database.Engine, left);
    }

    [Fact]
    public async Task Segment_whose_end_is_not_on_disk_ends_the_writing()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await OpenAsync(SegmentSize, files);
        List<int> left = await WriteAndDeleteAsync(database);
        files.RefusesFlushingFolders = true;
        await Assert.ThrowsAsync<StorageException>(() => database.Engine.CompactAsync(Token));
        Assert.NotNull(database.Engine.Failure);
        await AssertHoldsExactlyAsync(database.Engine, left);
        files.RefusesFlushingFolders = false;
        await database.RestartAsync();
        await AssertHoldsExactlyAsync(database.Engine, left);
    }

    // Documents 0 to 9.
    private static async Task<Collection> WriteSomeAsync(TemporaryDatabase database)
    {
        Collection things = database.Engine.FindOrCreate(Things);
        database.Engine.CreateIndex(things, Indexes.Define("{n:1}"));
        LogPosition position = default;
        for (int id = 0; id < 10; id++)
        {
            position = things.Insert(Document(id, $"n:{id}"));
        }

        await database.Engine.WaitDurableAsync(position, Token);
        return things;
    }

    // Everything from document 10 on is what the test wrote itself.
    private static async Task<List<int>> WriteAndDeleteAsync(TemporaryDatabase database)
    {
        Collection things = await WriteSomeAsync(database);
        (List<int> written, _) = await WriteUntilAsync(database.Engine, things, 100, count: 200);
        foreach (int id in written.Where(id => id % 10 != 0))
        {
            things.Modify(things.FindById(Indexes.Value($"{id}").Slice)!.Value, _ => Mutation.Delete);
        }

        await database.Engine.CheckpointAsync(Token);
        return [.. written.Where(id => id % 10 == 0)];
    }

    private static async Task<(List<int> Acknowledged, StorageException Error)> WriteUntilRefusedAsync(StorageEngine engine, Collection things, int first)
    {
        (List<int> acknowledged, StorageException? error) = await WriteUntilAsync(engine, things, first, int.MaxValue);
        return (acknowledged, error!);
    }

    private static async Task<(List<int> Acknowledged, StorageException? Error)> WriteUntilAsync(
        StorageEngine engine, Collection things, int first, int count)
    {
        List<int> acknowledged = [];
        for (int id = first; acknowledged.Count < count; id++)
        {
            try
            {
                LogPosition position = things.Insert(Document(id, $"n:{id},t:'{new string('x', id % 700)}'"));
                await engine.WaitDurableAsync(position, Token);
                acknowledged.Add(id);
            }
            catch (StorageException exception)
            {
                return (acknowledged, exception);
            }
        }

        return (acknowledged, null);
    }

    private static async Task AssertHoldsExactlyAsync(StorageEngine engine, IEnumerable<int> written)
    {
        Collection things = engine.Find(Things)!;
        List<int> found = [];
        for (RecordScan scan = things.Scan(); scan.MoveNext();)
        {
            Assert.True(things.TryRead(scan.Current, out ReadOnlyMemory<byte> document));
            found.Add(new Lmtp.EmbeddedMongo.Bson.BsonSlice(document.Span)["_id"u8].AsInt32);
        }

        Assert.Equal(Enumerable.Range(0, 10).Concat(written).Order(), found.Order());
        Assert.Equal(found.Count, things.Count);
        Assert.All(things.Indexes, index => Assert.Equal(found.Count, index.EntryCount));
        VerifyReport report = await engine.VerifyAsync(Token);
        Assert.Empty(report.Problems);
    }
}
