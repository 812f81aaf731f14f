using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.Tests.Unit.EmbeddedMongo.Index;
using static Lmtp.Tests.Unit.EmbeddedMongo.Engine.TemporaryDatabase;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

public sealed class StorageEngineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Durable_write_is_there_after_a_restart()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        await database.Engine.WaitDurableAsync(things.Insert(Document(1, "a:'x'")), Token);
        await database.RestartAsync();
        Collection recovered = database.Engine.Find(Things)!;
        RecordId record = recovered.FindById(Indexes.Value("1").Slice)!.Value;
        Assert.True(recovered.TryRead(record, out ReadOnlyMemory<byte> document));
        Assert.Equal(Document(1, "a:'x'"), document.ToArray());
        Assert.Equal(things.Uuid, recovered.Uuid);
    }

    [Fact]
    public async Task Engine_can_be_disposed_twice()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        await database.Engine.DisposeAsync();
        Assert.Null(await Record.ExceptionAsync(async () => await database.Engine.DisposeAsync()));
    }

    [Fact]
    public async Task Second_engine_on_a_folder_is_refused()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        await Assert.ThrowsAsync<DataInUseException>(() => database.OpenAsync(database.Directory));
    }

    [Fact]
    public async Task Duplicate_key_is_refused_with_the_message_of_MongoDB()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        database.Engine.CreateIndex(things, Indexes.Define("{a:1,b:-1}", "unique:true"));
        things.Insert(Document(1, "a:'x',b:2.0"));
        DuplicateKeyException error = Assert.Throws<DuplicateKeyException>(() => things.Insert(Document(2, "b:2,a:'x'")));
        Assert.Equal("E11000 duplicate key error collection: test.things index: test dup key: { a: \"x\", b: 2 }", error.Message);
        Assert.Equal(11000, error.Code);
        Assert.Equal(1, things.Count);
    }

    [Fact]
    public async Task Unordered_insert_goes_on_after_an_error_and_ordered_stops()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        ReadOnlyMemory<byte>[] documents = [Document(1), Document(1), Document(2)];
        InsertResult ordered = things.Insert(documents, true);
        Assert.Equal((1, 1), (ordered.Inserted, ordered.Errors[0].Index));
        InsertResult unordered = things.Insert([Document(1), Document(3), Document(3), Document(4)], false);
        Assert.Equal((2, 2), (unordered.Inserted, unordered.Errors.Count));
        Assert.Equal(3, things.Count);
    }

    [Fact]
    public async Task Replace_moves_index_entries()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        database.Engine.CreateIndex(things, Indexes.Define("{a:1}"));
        things.Insert(Document(1, "a:[1,2]"));
        RecordId record = things.FindById(Indexes.Value("1").Slice)!.Value;
        ModifyResult result = things.Modify(record, _ => Mutation.Replace(Document(1, "a:[2,3]")));
        Assert.Equal(MutationKind.Replace, result.Kind);
        Assert.Equal([false, true, true], new[] { "1", "2", "3" }.Select(value => Has(things, value)));
        things.Modify(record, _ => Mutation.Delete);
        Assert.Equal(0, things.Indexes.Sum(index => index.EntryCount));
        Assert.False(things.Modify(record, _ => Mutation.Delete).Found);
    }

    [Fact]
    public async Task Concurrent_increments_of_one_document_lose_none()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        things.Insert(Document(1, "n:0"));
        RecordId record = things.FindById(Indexes.Value("1").Slice)!.Value;
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), Token, async (_, token) =>
        {
            ModifyResult result = things.Modify(record, before =>
            {
                int n = new Lmtp.EmbeddedMongo.Bson.BsonSlice(before.Span)["n"u8].AsInt32;
                return Mutation.Replace(Document(1, $"n:{n + 1}"));
            });
            await database.Engine.WaitDurableAsync(result.Position, token);
        });
        await database.RestartAsync();
        database.Engine.Find(Things)!.TryRead(record, out ReadOnlyMemory<byte> document);
        Assert.Equal(2000, new Lmtp.EmbeddedMongo.Bson.BsonSlice(document.Span)["n"u8].AsInt32);
    }

    [Fact]
    public async Task Drop_rename_and_indexes_survive_a_restart()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        things.Insert(Document(1, "x:true"));
        things.Insert(Document(2));
        Collection gone = database.Engine.FindOrCreate(new Namespace("test", "gone"));
        gone.Insert(Document(1));
        database.Engine.CreateIndex(things, Indexes.Define("{x:1}", "partialFilterExpression:{x:{$type:'bool'}}"));
        database.Engine.Rename(Things, new Namespace("test", "renamed"), false);
        database.Engine.Drop(gone);
        Assert.Throws<StorageException>(() => gone.Insert(Document(2)));
        await database.RestartAsync();
        Collection renamed = Assert.Single(database.Engine.Collections);
        Assert.Equal("test.renamed", renamed.Namespace.ToString());
        Assert.Equal(["_id_", "test"], renamed.Indexes.Select(index => index.Definition.Name));
        Assert.Equal([2L, 1L], renamed.Indexes.Select(index => index.EntryCount));
        Assert.Equal(26, Assert.Throws<StorageException>(() => database.Engine.Rename(Things, new("a", "b"), false)).Code);
    }

    [Fact]
    public async Task Index_that_documents_do_not_fit_is_not_created()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        things.Insert(Document(1, "a:1"));
        things.Insert(Document(2, "a:1"));
        Assert.Throws<DuplicateKeyException>(() => database.Engine.CreateIndex(things, Indexes.Define("{a:1}", "unique:true")));
        Assert.Single(things.Indexes);
        Assert.Equal(27, Assert.Throws<StorageException>(() => database.Engine.DropIndex(things, "test")).Code);
    }

    [Fact]
    public async Task Natural_order_is_the_order_of_insertion()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync();
        Collection things = database.Engine.FindOrCreate(Things);
        for (int i = 5000; i > 0; i--)
        {
            things.Insert(Document(i));
        }

        List<long> forward = Records(things.Scan());
        Assert.Equal(Enumerable.Range(1, 5000).Select(i => (long)i), forward);
        forward.Reverse();
        Assert.Equal(forward, Records(things.Scan(false)));
    }

    [Fact]
    public async Task Many_segments_hold_what_one_does()
    {
        await using TemporaryDatabase database = await TemporaryDatabase.OpenAsync(16 * 1024);
        Collection things = database.Engine.FindOrCreate(Things);
        string text = new('x', 700);
        for (int i = 0; i < 500; i++)
        {
            things.Insert(Document(i, $"t:'{text}'"));
        }

        await database.RestartAsync();
        things = database.Engine.Find(Things)!;
        Assert.Equal(500, things.Count);
        foreach (long id in Records(things.Scan()))
        {
            Assert.True(things.TryRead(new RecordId(id), out _));
        }
    }

    private static bool Has(Collection collection, string value)
    {
        CollectionIndex index = collection.Indexes[1];
        return index.Scan(index.ToKeyRange(IndexInterval.Point(Indexes.Value(value)))).MoveNext();
    }

    private static List<long> Records(RecordScan scan)
    {
        List<long> found = [];
        while (scan.MoveNext())
        {
            found.Add(scan.Current.Value);
        }

        return found;
    }
}
