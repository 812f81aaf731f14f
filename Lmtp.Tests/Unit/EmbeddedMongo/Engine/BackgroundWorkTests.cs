using Lmtp.EmbeddedMongo.Engine;
using Lmtp.Tests.Unit.EmbeddedMongo.Index;
using static Lmtp.Tests.Unit.EmbeddedMongo.Engine.TemporaryDatabase;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

/// <summary>Compaction and checkpoints, held in the middle: writers go on.</summary>
public sealed class BackgroundWorkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_are_acknowledged_while_compaction_reads_a_segment()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(64 * 1024, files);
        Collection things = Fill(database, count: 600, size: 500, isDeleted: id => id % 3 != 0);
        Gate gate = new();
        files.BeforeReadAsync = gate.PassAsync;
        Task<int> compaction = database.Engine.CompactAsync(Token);
        await AssertWritesGoOnAsync(database, things, gate, compaction);
        Assert.True(await compaction > 0);
    }

    [Fact]
    public async Task Writes_are_acknowledged_while_compaction_deletes_a_segment()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(64 * 1024, files);
        Collection things = Fill(database, count: 600, size: 500, isDeleted: id => id % 3 != 0);
        Gate gate = new();
        string oldest = Path.Combine(database.Directory, "00000001.seg");
        files.BeforeChange = path => StopAt(gate, path == oldest);
        Task<int> compaction = Task.Run(() => database.Engine.CompactAsync(Token), Token);
        await AssertWritesGoOnAsync(database, things, gate, compaction);
        Assert.True(await compaction > 0);
    }

    // Writers wait for one such frame at most, as they do for another client's write of that size.
    [Fact]
    public async Task Compaction_appends_no_more_at_once_than_a_large_write_does()
    {
        const int MostBytes = 128 * 1024;
        const int DocumentSize = 2_000;
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(4 * 1024 * 1024, files);
        Fill(database, count: 5_000, DocumentSize, isDeleted: id => id % 2 != 0 || id % 5 == 0);
        long live = Enumerable.Range(0, 5_000).Count(id => id % 2 == 0 && id % 5 != 0);
        files.Writes.Clear();
        Assert.True(await database.Engine.CompactAsync(Token) > 0);
        Assert.InRange(files.Writes.Max(), DocumentSize, MostBytes + DocumentSize);
        Assert.True(files.Writes.Count > live * DocumentSize / MostBytes / 2);
    }

    [Fact]
    public async Task Writes_are_acknowledged_while_a_checkpoint_is_written_and_recovered_behind_it()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(64 * 1024, files);
        Collection things = Fill(database, count: 600, size: 500, isDeleted: _ => false);
        Gate gate = new();
        files.BeforeChange = path => StopAt(gate, path.EndsWith("CHECKPOINT.new", StringComparison.Ordinal));
        Task checkpoint = Task.Run(() => database.Engine.CheckpointAsync(Token), Token);
        await AssertWritesGoOnAsync(database, things, gate, checkpoint);
        await checkpoint;
        string crashed = database.CopyAsCrashed();
        await using (StorageEngine recovered = await database.OpenAsync(crashed))
        {
            Assert.Equal(things.Count, recovered.Find(Things)!.Count);
            Assert.Empty((await recovered.VerifyAsync(Token)).Problems);
        }

        Directory.Delete(crashed, true);
    }

    [Fact]
    public async Task Checkpoint_is_written_by_time_and_again_only_once_the_log_has_grown()
    {
        await using TemporaryDatabase database = new() { MaintenanceInterval = TimeSpan.FromMilliseconds(5), CheckpointInterval = TimeSpan.FromMilliseconds(1) };
        await database.StartAsync();
        string checkpoint = Path.Combine(database.Directory, "CHECKPOINT");
        Collection things = Fill(database, count: 100, size: 100, isDeleted: _ => false);
        await UntilAsync(() => File.Exists(checkpoint));
        await database.Engine.CheckpointAsync(Token);
        DateTime written = File.GetLastWriteTimeUtc(checkpoint);
        for (int id = 1_000; File.GetLastWriteTimeUtc(checkpoint) == written; id++)
        {
            await database.Engine.WaitDurableAsync(things.Insert(Document(id, $"t:'{new string('x', 1000)}'")), Token);
        }
    }

    [Fact]
    public async Task Stop_without_changes_leaves_the_checkpoint_as_it_is()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Fill(database, count: 100, size: 100, isDeleted: _ => false);
        await database.RestartAsync();
        string checkpoint = Path.Combine(database.Directory, "CHECKPOINT");
        DateTime marked = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(checkpoint, marked);
        await database.RestartAsync();
        Assert.Equal(marked, File.GetLastWriteTimeUtc(checkpoint));
        database.Engine.Find(Things)!.Insert(Document(5_000));
        await database.RestartAsync();
        Assert.NotEqual(marked, File.GetLastWriteTimeUtc(checkpoint));
    }

    private static void StopAt(Gate gate, bool isMeant)
    {
        if (isMeant)
        {
            gate.Pass();
        }
    }

    private static async Task AssertWritesGoOnAsync(TemporaryDatabase database, Collection things, Gate gate, Task held)
    {
        await gate.ReachedAsync();
        LogPosition position = things.Insert(Document(10_000, "n:1"));
        position = LogPosition.Max(position, things.Modify(new RecordId(1), _ => Mutation.Replace(Document(0, "n:2"))).Position);
        position = LogPosition.Max(position, things.Modify(new RecordId(4), _ => Mutation.Delete).Position);
        await database.Engine.WaitDurableAsync(position, Token);
        database.Engine.CreateIndex(things, Indexes.Define("{n:1}"));
        Assert.False(held.IsCompleted);
        gate.Open();
    }

    private static Collection Fill(TemporaryDatabase database, int count, int size, Func<int, bool> isDeleted)
    {
        Collection things = database.Engine.FindOrCreate(Things);
        for (int id = 0; id < count; id++)
        {
            things.Insert(Document(id, $"t:'{new string('x', size)}'"));
        }

        foreach (int id in Enumerable.Range(0, count).Where(isDeleted))
        {
            things.Modify(new RecordId(id + 1), _ => Mutation.Delete);
        }

        return things;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
