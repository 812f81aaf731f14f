using System.Diagnostics;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Index;

public sealed class KeyExtractorTests
{
    [Theory]
    [InlineData("{a:1}", "{a:5}", "[[5]]")]
    [InlineData("{a:1}", "{}", "[[null]]")]
    [InlineData("{a:1}", "{a:[1,2,2,3]}", "[[1],[2],[3]]")]
    [InlineData("{a:1}", "{a:[]}", "[[{$undefined:true}]]")]
    [InlineData("{a:1}", "{a:[[1,2],3]}", "[[[1,2]],[3]]")]
    [InlineData("{'a.b':1}", "{a:{b:7}}", "[[7]]")]
    [InlineData("{'a.b':1}", "{a:[{b:1},{b:2},{c:3},4]}", "[[1],[2],[null]]")]
    [InlineData("{'a.b':1}", "{a:[{b:[1,2]},{b:3}]}", "[[1],[2],[3]]")]
    [InlineData("{'a.b':1}", "{a:[]}", "[[null]]")]
    [InlineData("{'a.0':1}", "{a:[9,8]}", "[[9]]")]
    [InlineData("{a:1,b:1}", "{a:[1,2],b:3}", "[[1,3],[2,3]]")]
    [InlineData("{a:1,b:-1}", "{b:3}", "[[null,3]]")]
    [InlineData("{'a.b':1,'a.c':1}", "{a:[{b:1,c:2},{b:3}]}", "[[1,2],[3,null]]")]
    [InlineData("{a:1,'a.b':1}", "{a:[{b:1},{b:2}]}", "[[{b:1},1],[{b:2},2]]")]
    public void Keys_are_those_of_MongoDB(string pattern, string document, string expected)
    {
        CollectionIndex index = Indexes.Make(pattern);
        KeyList keys = index.Extract(BsonDocument.Parse(document).ToBson());
        HashSet<string> found = [];
        for (int i = 0; i < keys.Count; i++)
        {
            found.Add(Convert.ToHexString(keys[i]));
        }

        BsonArray expectedKeys = BsonDocument.Parse($"{{k:{expected}}}")["k"].AsBsonArray;
        Assert.Equal(
            expectedKeys.Select(key => Convert.ToHexString(Indexes.Encode(index, key.AsBsonArray))).ToHashSet(),
            found);
    }

    [Theory]
    [InlineData("{a:1,b:1}", "{a:[1],b:[2]}")]
    [InlineData("{'a.b':1,'a.c':1}", "{a:{b:[1],c:[2]}}")]
    public void Parallel_arrays_are_refused(string pattern, string document)
    {
        StorageException error = Assert.Throws<StorageException>(() => Indexes.Make(pattern).Extract(BsonDocument.Parse(document).ToBson()));
        Assert.Equal((171, "CannotIndexParallelArrays"), (error.Code, error.CodeName));
    }

    [Theory]
    [InlineData("{a:1}", "{b:1}", 0)]
    [InlineData("{a:1}", "{a:null}", 1)]
    [InlineData("{a:1,b:1}", "{b:1}", 1)]
    [InlineData("{a:1,b:1}", "{c:1}", 0)]
    [InlineData("{'a.b':1}", "{a:[{c:1}]}", 0)]
    public void Sparse_index_leaves_out_documents_without_its_fields(string pattern, string document, int count) =>
        Assert.Equal(count, Indexes.Make(pattern, "sparse:true").Extract(BsonDocument.Parse(document).ToBson()).Count);

    [Fact]
    public void Long_array_gives_each_different_element_once()
    {
        BsonArray elements = [.. Enumerable.Range(0, 40_000).Select(i => i / 2)];
        KeyList keys = Indexes.Make("{a:1}").Extract(new BsonDocument("a", elements).ToBson());
        Assert.Equal(20_000, keys.Count);
        Assert.True(keys.Contains(keys[19_999]));
    }

    [Fact]
    public void Elements_that_repeat_take_no_longer_than_different_ones()
    {
        const int Length = 40_000;

        // Comparing each with all that are there takes hundreds of times as long. A pause of the machine hits one round.
        const int MostTimes = 20;
        Indexes.Make("{a:1}").Extract(ArrayOf(Enumerable.Range(0, 100)));
        Assert.Contains(Enumerable.Range(0, 3), _ =>
            TimeOf(Enumerable.Range(0, Length).Select(i => i / 2)) < TimeOf(Enumerable.Range(0, Length)) * MostTimes);
    }

    [Fact]
    public void Text_index_has_a_key_for_each_word()
    {
        CollectionIndex index = Indexes.Make("{user:1,'headers.value':'text',text:'text'}");
        KeyList keys = index.Extract(BsonDocument.Parse("{user:1,headers:[{value:'Hello World'},{value:'x'}],text:'hello Ärger'}").ToBson());
        Assert.Equal(4, keys.Count);
        RawBsonValue user = new(Lmtp.EmbeddedMongo.Bson.BsonType.Int32, BitConverter.GetBytes(1));
        index.Add(keys, new RecordId(9));
        Assert.True(index.Scan(index.ToTextRange([user], "arger")).MoveNext());
        Assert.False(index.Scan(index.ToTextRange([user], "arge")).MoveNext());
    }

    private static byte[] ArrayOf(IEnumerable<int> elements) =>
        new BsonDocument("a", new BsonArray(elements.Select(element => (BsonValue)element))).ToBson();

    private static TimeSpan TimeOf(IEnumerable<int> elements)
    {
        byte[] document = ArrayOf(elements);
        CollectionIndex index = Indexes.Make("{a:1}");
        Stopwatch clock = Stopwatch.StartNew();
        index.Extract(document);
        return clock.Elapsed;
    }
}
