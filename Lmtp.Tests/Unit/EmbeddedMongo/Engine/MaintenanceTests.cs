using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Maintenance;
using Lmtp.Tests.Unit.EmbeddedMongo.Index;
using static Lmtp.Tests.Unit.EmbeddedMongo.Engine.TemporaryDatabase;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

public sealed class MaintenanceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compaction_gives_back_dead_space_and_keeps_deletions()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(32 * 1024);
        Collection things = database.Engine.FindOrCreate(Things);
        for (int i = 0; i < 600; i++)
        {
            things.Insert(Document(i, $"t:'{new string('x', 500)}'"));
        }

        for (RecordScan scan = things.Scan(); scan.MoveNext();)
        {
            if (scan.Current.Value % 10 != 0)
            {
                things.Modify(scan.Current, _ => Mutation.Delete);
            }
        }

        long before = database.Engine.StorageSize;
        Assert.True(await database.Engine.CompactAsync(Token) > 5);
        Assert.True(database.Engine.StorageSize < before / 2);
        File.Delete(Path.Combine(database.Directory, "CHECKPOINT"));
        string crashed = database.CopyAsCrashed();
        await using (StorageEngine recovered = await database.OpenAsync(crashed))
        {
            Assert.Equal(60, recovered.Find(Things)!.Count);
            Assert.Empty((await recovered.VerifyAsync(Token)).Problems);
        }

        Directory.Delete(crashed, true);
    }

    [Fact]
    public async Task Readers_are_not_disturbed_by_compaction()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(16 * 1024);
        Collection things = database.Engine.FindOrCreate(Things);
        for (int i = 0; i < 200; i++)
        {
            things.Insert(Document(i, $"n:0,t:'{new string('x', 300)}'"));
        }

        Task reader = Task.Run(
            () =>
            {
                for (int round = 0; round < 200; round++)
                {
                    for (RecordScan scan = things.Scan(); scan.MoveNext();)
                    {
                        Assert.True(things.TryRead(scan.Current, out _));
                    }
                }
            },
            Token);
        for (int round = 1; !reader.IsCompleted; round++)
        {
            for (int id = 1; id <= 200; id += round % 3 + 1)
            {
                things.Modify(new RecordId(id), _ => Mutation.Replace(Document(id - 1, $"n:{round},t:'{new string('y', 300)}'")));
            }

            await database.Engine.CompactAsync(Token);
        }

        await reader;
        Assert.Empty((await database.Engine.VerifyAsync(Token)).Problems);
    }

    [Fact]
    public async Task Expired_documents_are_deleted()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        database.Engine.CreateIndex(things, Indexes.Define("{at:1}", "expireAfterSeconds:60"));
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        things.Insert(Document(1, $"at:{{$date:{{$numberLong:'{now - 120_000}'}}}}"));
        things.Insert(Document(2, $"at:{{$date:{{$numberLong:'{now - 1_000}'}}}}"));
        things.Insert(Document(3, "at:5"));
        things.Insert(Document(4, $"at:[{{$date:{{$numberLong:'{now}'}}}},{{$date:{{$numberLong:'{now - 120_000}'}}}}]"));
        things.Insert(Document(5));
        Assert.Equal(2, await database.Engine.DeleteExpiredAsync(Token));
        Assert.Equal([2, 3, 5], Enumerable.Range(1, 5).Where(id => things.FindById(Indexes.Value($"{id}").Slice) is not null));
    }

    [Fact]
    public async Task Backup_opens_as_a_database()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(16 * 1024);
        Collection things = database.Engine.FindOrCreate(Things);
        for (int i = 0; i < 100; i++)
        {
            things.Insert(Document(i, $"t:'{new string('x', 500)}'"));
        }

        string copy = Path.Combine(database.Directory, "copy");
        Assert.Equal(database.Engine.StorageSize, await Backup.CopyAsync(database.Options(database.Directory), copy, Token));
        await Assert.ThrowsAsync<IOException>(() => Backup.CopyAsync(database.Options(database.Directory), copy, Token));
        await using StorageEngine restored = await database.OpenAsync(copy);
        Assert.Equal(100, restored.Find(Things)!.Count);
        Assert.Empty((await restored.VerifyAsync(Token)).Problems);
    }

    [Fact]
    public async Task Backup_is_whole_while_segments_come_and_go()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(8 * 1024);
        Collection things = database.Engine.FindOrCreate(Things);
        for (int i = 0; i < 100; i++)
        {
            things.Insert(Document(i, $"n:0,t:'{new string('x', 300)}'"));
        }

        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        int written = 0;
        Task work = Task.Run(
            async () =>
            {
                for (int round = 1; !done.IsCancellationRequested; round++)
                {
                    for (int id = 0; id < 100; id++)
                    {
                        things.Modify(new RecordId(id + 1), _ => Mutation.Replace(Document(id, $"n:{round},t:'{new string('y', 300)}'")));
                    }

                    Volatile.Write(ref written, round);
                    await database.Engine.CompactAsync(Token);
                }
            },
            Token);
        for (int i = 0; i < 15; i++)
        {
            int before = Volatile.Read(ref written);
            string copy = Path.Combine(database.Directory, $"copy{i}");
            await Backup.CopyAsync(database.Options(database.Directory), copy, Token);
            await using StorageEngine restored = await database.OpenAsync(copy);
            Assert.Empty((await restored.VerifyAsync(Token)).Problems);
            Collection found = restored.Find(Things)!;
            Assert.Equal(100, found.Count);
            for (RecordScan scan = found.Scan(); scan.MoveNext();)
            {
                Assert.True(found.TryRead(scan.Current, out ReadOnlyMemory<byte> document));
                Assert.True(new Lmtp.EmbeddedMongo.Bson.BsonSlice(document.Span)["n"u8].AsInt32 >= before);
            }
        }

        await done.CancelAsync();
        await work;
    }

    [Fact]
    public async Task Checkpoint_is_used_and_completed_from_the_log()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        database.Engine.CreateIndex(things, Indexes.Define("{a:1}"));
        for (int i = 0; i < 3000; i++)
        {
            things.Insert(Document(i, $"a:[{i},{i + 1}]"));
        }

        await database.Engine.CheckpointAsync(Token);
        things.Modify(new RecordId(7), _ => Mutation.Delete);
        things.Modify(new RecordId(8), _ => Mutation.Replace(Document(7, "a:-1")));
        things.Insert(Document(9000, "a:-2"));
        database.Engine.CreateIndex(things, Indexes.Define("{b:1}"));
        string crashed = database.CopyAsCrashed();
        await using (StorageEngine recovered = await database.OpenAsync(crashed))
        {
            Collection found = recovered.Find(Things)!;
            Assert.Equal(3000, found.Count);
            Assert.Equal(things.Indexes.Select(index => index.EntryCount), found.Indexes.Select(index => index.EntryCount));
            Assert.True(found.Indexes[1].IsMultikey);
            Assert.Empty((await recovered.VerifyAsync(Token)).Problems);
        }

        Directory.Delete(crashed, true);
    }

    [Fact]
    public async Task Failed_write_is_an_error_and_makes_the_database_read_only()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(8 * 1024);
        Collection things = database.Engine.FindOrCreate(Things);
        LogPosition first = things.Insert(Document(1, $"t:'{new string('x', 2000)}'"));
        await database.Engine.WaitDurableAsync(first, Token);
        Directory.CreateDirectory(Path.Combine(database.Directory, "00000002.seg"));
        StorageException error = Assert.Throws<StorageException>(() => things.Insert(Document(2, $"t:'{new string('x', 7000)}'")));
        Assert.Equal("FileStreamFailed", error.CodeName);
        Assert.Throws<StorageException>(() => things.Insert(Document(3)));
        Assert.Equal(1, things.Count);
        Assert.Equal(1, things.IdIndex.EntryCount);
        Assert.NotNull(database.Engine.Failure);
        Assert.True(things.TryRead(things.FindById(Indexes.Value("1").Slice)!.Value, out _));
        Directory.Delete(Path.Combine(database.Directory, "00000002.seg"));
    }
}
