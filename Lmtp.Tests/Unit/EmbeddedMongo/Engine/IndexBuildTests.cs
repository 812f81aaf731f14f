using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.Tests.Unit.EmbeddedMongo.Index;
using static Lmtp.Tests.Unit.EmbeddedMongo.Engine.TemporaryDatabase;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

/// <summary>Indexes that are made while others write. A partial filter that waits holds a build in the middle.</summary>
public sealed class IndexBuildTests
{
    private const int Documents = 1000;
    private const int Middle = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_go_on_while_an_index_is_built()
    {
        Gate gate = new();
        await using TemporaryDatabase database = await OpenAsync(gate);
        Collection things = await FillAsync(database);
        Task<LogPosition> build = BuildAsync(database, things, "{n:1}", "");
        await gate.ReachedAsync();
        LogPosition position = default;
        foreach (int id in (int[])[2, Documents - 2])
        {
            things.Modify(new RecordId(id), _ => Mutation.Replace(Document(id - 1, "n:-1,x:true")));
            things.Modify(new RecordId(id + 1), _ => Mutation.Delete);
            position = things.Insert(Document(Documents + id, "n:-2,x:true"));
        }

        await database.Engine.WaitDurableAsync(position, Token);
        Assert.False(build.IsCompleted);
        Assert.Single(things.Indexes);
        await AssertAfterCrashAsync(database, indexes: 1);
        gate.Open();
        await database.Engine.WaitDurableAsync(await build, Token);
        Assert.Equal([Documents, Documents], things.Indexes.Select(index => (int)index.EntryCount));
        Assert.Empty((await database.Engine.VerifyAsync(Token)).Problems);
        await AssertAfterCrashAsync(database, indexes: 2);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Index_built_beside_many_writers_agrees_with_the_documents(int seed)
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(64 * 1024);
        Collection things = await FillAsync(database);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] writers = [.. Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAtRandom(things, writer, new Random(seed + writer), done.Token), Token))];
        for (int i = 0; i < 12; i++)
        {
            string key = i % 3 == 0 ? "{n:1}" : i % 3 == 1 ? "{tags:1,n:-1}" : "{t:1}";
            database.Engine.CreateIndex(things, Named(key, $"index{i}", i % 2 == 0 ? "sparse:true" : ""));
            await database.Engine.CompactAsync(Token);
        }

        await done.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal(13, things.Indexes.Count);
        Assert.Empty((await database.Engine.VerifyAsync(Token)).Problems);
    }

    [Fact]
    public async Task Key_that_documents_share_already_fails_the_build_and_leaves_no_index()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = await FillAsync(database);
        things.Insert(Document(Documents + 1, "n:7"));
        Assert.Throws<DuplicateKeyException>(() => database.Engine.CreateIndex(things, Indexes.Define("{n:1}", "unique:true")));
        Assert.Single(things.Indexes);
        things.Insert(Document(Documents + 2, "n:7"));
    }

    [Theory]
    [InlineData("n:1", 11000)]
    [InlineData("n:999", 11000)]
    [InlineData("n:[1,2],tags:[3,4]", 171)]
    public async Task Write_that_does_not_fit_fails_the_build_and_not_the_write(string fields, int code)
    {
        Gate gate = new();
        await using TemporaryDatabase database = await OpenAsync(gate);
        Collection things = await FillAsync(database);
        Task<LogPosition> build = BuildAsync(database, things, code == 171 ? "{n:1,tags:1}" : "{n:1}", "unique:true,");
        await gate.ReachedAsync();
        LogPosition position = things.Insert(Document(Documents + 1, fields + ",x:true"));
        await database.Engine.WaitDurableAsync(position, Token);
        gate.Open();
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<StorageException>(() => build)).Code);
        Assert.Single(things.Indexes);
        Assert.NotNull(things.FindById(Indexes.Value($"{Documents + 1}").Slice));
        await AssertAfterCrashAsync(database, indexes: 1);
    }

    [Fact]
    public async Task Key_that_is_free_again_when_the_build_meets_it_is_no_violation()
    {
        Gate gate = new();
        await using TemporaryDatabase database = await OpenAsync(gate);
        Collection things = await FillAsync(database);
        Task<LogPosition> build = BuildAsync(database, things, "{n:1}", "unique:true,");
        await gate.ReachedAsync();
        things.Modify(new RecordId(Documents), _ => Mutation.Delete);
        things.Insert(Document(Documents + 1, $"n:{Documents - 1},x:true"));
        gate.Open();
        await build;
        Assert.Equal(Documents, things.Indexes[1].EntryCount);
    }

    [Fact]
    public async Task Build_whose_time_is_over_leaves_no_index()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = await FillAsync(database);
        int checks = 0;
        Assert.Throws<TimeoutException>(() => database.Engine.CreateIndex(things, Indexes.Define("{n:1}"), null, EndAtThird));
        Assert.Single(things.Indexes);
        things.Insert(Document(Documents + 1, "n:1"));
        Assert.NotEqual(default, database.Engine.CreateIndex(things, Indexes.Define("{n:1}")));
        Assert.Equal(Documents + 1, things.Indexes[1].EntryCount);

        void EndAtThird()
        {
            if (++checks == 3)
            {
                throw new TimeoutException();
            }
        }
    }

    [Fact]
    public async Task Collection_dropped_during_a_build_ends_it()
    {
        Gate gate = new();
        await using TemporaryDatabase database = await OpenAsync(gate);
        Collection things = await FillAsync(database);
        Task<LogPosition> build = BuildAsync(database, things, "{n:1}", "");
        await gate.ReachedAsync();
        database.Engine.Drop(things);
        gate.Open();
        Assert.Equal(26, (await Assert.ThrowsAsync<StorageException>(() => build)).Code);
        await AssertAfterCrashAsync(database, indexes: null);
    }

    [Fact]
    public async Task Two_who_want_the_same_index_get_one()
    {
        Gate gate = new();
        await using TemporaryDatabase database = await OpenAsync(gate);
        Collection things = await FillAsync(database);
        Task<LogPosition> first = BuildAsync(database, things, "{n:1}", "");
        await gate.ReachedAsync();
        Task<LogPosition> second = BuildAsync(database, things, "{n:1}", "");
        gate.Open();
        Assert.NotEqual(default, await first);
        Assert.Equal(default, await second);
        Assert.Equal(2, things.Indexes.Count);
    }

    [Fact]
    public async Task Index_that_cannot_be_noted_on_a_full_disk_is_not_there()
    {
        FaultyFileSystem files = new();
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(files: files);
        Collection things = await FillAsync(database);
        files.LimitSpace(0);
        Assert.Equal(14031, Assert.Throws<StorageException>(() => database.Engine.CreateIndex(things, Indexes.Define("{n:1}"))).Code);
        Assert.Single(things.Indexes);
    }

    private static async Task<TemporaryDatabase> OpenAsync(Gate gate)
    {
        int documents = 0;
        TemporaryDatabase database = new()
        {
            CompileFilter = _ => _ =>
            {
                if (Interlocked.Increment(ref documents) == Middle)
                {
                    gate.Pass();
                }

                return true;
            },
        };
        await database.StartAsync();
        return database;
    }

    private static async Task<Collection> FillAsync(TemporaryDatabase database)
    {
        Collection things = database.Engine.FindOrCreate(Things);
        LogPosition position = default;
        for (int id = 0; id < Documents; id++)
        {
            position = things.Insert(Document(id, $"n:{id},tags:[{id},{id % 7}],x:true"));
        }

        await database.Engine.WaitDurableAsync(position, Token);
        return things;
    }

    private static Task<LogPosition> BuildAsync(TemporaryDatabase database, Collection things, string key, string options)
    {
        IndexDefinition definition = Indexes.Define(key, options + "partialFilterExpression:{x:{$type:'bool'}}");
        return Task.Run(
            () => database.Engine.CreateIndex(things, definition, () => things.Indexes.Count == 1, Token.ThrowIfCancellationRequested), Token);
    }

    private static IndexDefinition Named(string key, string name, string options) =>
        IndexDefinition.Parse(MongoDB.Bson.BsonExtensionMethods.ToBson(MongoDB.Bson.BsonDocument.Parse(
            $"{{v:2,key:{key},name:'{name}'{(options.Length > 0 ? "," : "")}{options}}}")));

    private static void WriteAtRandom(Collection things, int writer, Random random, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            RecordId record = new(random.Next(1, Documents + 1));
            int n = random.Next(100);
            string fields = random.Next(3) == 0 ? $"n:{n}" : $"n:{n},tags:[{n},{n + 1}],t:'{new string('y', n)}'";
            switch (random.Next(4))
            {
                case 0:
                    things.Insert(Document(Documents + (((i * 4) + writer) * 10), fields));
                    break;
                case 1:
                    things.Modify(record, _ => Mutation.Delete);
                    break;
                default:
                    things.Modify(record, before => Mutation.Replace(
                        Document(new Lmtp.EmbeddedMongo.Bson.BsonSlice(before.Span)["_id"u8].AsInt32, fields)));
                    break;
            }
        }
    }

    private static async Task AssertAfterCrashAsync(TemporaryDatabase database, int? indexes)
    {
        string crashed = database.CopyAsCrashed();
        await using (StorageEngine recovered = await database.OpenAsync(crashed))
        {
            Assert.Empty((await recovered.VerifyAsync(Token)).Problems);
            Assert.Equal(indexes, recovered.Find(Things)?.Indexes.Count);
        }

        Directory.Delete(crashed, true);
    }
}
