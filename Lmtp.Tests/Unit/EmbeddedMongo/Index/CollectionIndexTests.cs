using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Index;

public sealed class CollectionIndexTests
{
    private static readonly string[] Values =
        ["null", "1", "2", "3", "4", "5", "'a'", "'ab'", "'abc'", "'b'", "true", "false", "{$date:'2026-01-01T00:00:00Z'}", "NaN"];

    [Theory]
    [InlineData("above 2 exclusive", "3,4,5")]
    [InlineData("above 2 inclusive", "2,3,4,5")]
    [InlineData("below 3 exclusive", "NaN,1,2")]
    [InlineData("below 3 inclusive", "NaN,1,2,3")]
    [InlineData("between 2 4", "2,3")]
    [InlineData("point 'ab'", "'ab'")]
    [InlineData("prefix ab", "'ab','abc'")]
    [InlineData("above false inclusive", "false,true")]
    [InlineData("below true exclusive", "false")]
    [InlineData("type string", "'a','ab','abc','b'")]
    public void Interval_finds_its_values_in_both_directions_of_both_orders(string interval, string expected)
    {
        string[] wanted = expected.Split(',');
        foreach (int order in (int[])[1, -1])
        {
            CollectionIndex index = Filled($"{{a:{order}}}");
            KeyRange range = index.ToKeyRange(Interval(interval));
            Assert.Equal(order == 1 ? wanted : wanted.Reverse(), Found(index.Scan(range)));
            Assert.Equal(order == 1 ? wanted.Reverse() : wanted, Found(index.Scan(range, false)));
        }
    }

    [Fact]
    public void All_is_all() => Assert.Equal(Values.Length, Found(Filled("{a:1}").Scan(KeyRange.All)).Count);

    [Fact]
    public void Equality_on_the_first_fields_narrows_the_range_on_the_next()
    {
        CollectionIndex index = Indexes.Make("{a:1,b:-1,c:1}");
        for (int i = 0; i < 1000; i++)
        {
            index.Add(index.Extract(new BsonDocument { { "a", i / 100 }, { "b", i / 10 % 10 }, { "c", i % 10 } }.ToBson()), new RecordId(i));
        }

        KeyRange range = index.ToKeyRange(
            IndexInterval.Point(Indexes.Value("3")),
            IndexInterval.Between(Indexes.Value("2"), false, Indexes.Value("4"), true));
        Assert.Equal(
            [.. Enumerable.Range(340, 10), .. Enumerable.Range(330, 10)],
            Records(index.Scan(range)).Select(id => (int)id));
    }

    [Fact]
    public void Record_of_a_multikey_index_comes_once()
    {
        CollectionIndex index = Indexes.Make("{a:1}");
        index.Add(index.Extract(BsonDocument.Parse("{a:[1,2,3]}").ToBson()), new RecordId(1));
        Assert.True(index.IsMultikey);
        Assert.Equal([1L], Records(index.Scan(KeyRange.All)));
    }

    [Fact]
    public async Task Scan_beside_writers_sees_every_entry_that_was_there_all_the_time()
    {
        CollectionIndex index = Indexes.Make("{a:1}");
        KeyList[] keys = [.. Enumerable.Range(0, 20_000).Select(i => index.Extract(new BsonDocument("a", i).ToBson()))];
        for (int i = 0; i < keys.Length; i += 2)
        {
            index.Add(keys[i], new RecordId(i));
        }

        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task writer = Task.Run(
            () =>
            {
                Random random = new(3);
                while (!done.IsCancellationRequested)
                {
                    int odd = (random.Next(keys.Length / 2) * 2) + 1;
                    index.Add(keys[odd], new RecordId(odd));
                    index.Remove(keys[random.Next(keys.Length / 2) * 2 | 1], new RecordId(odd));
                }
            },
            TestContext.Current.CancellationToken);
        for (int round = 0; round < 20; round++)
        {
            List<long> found = Records(index.Scan(KeyRange.All, round % 2 == 0));
            Assert.Equal(keys.Length / 2, found.Count(id => id % 2 == 0));
        }

        await done.CancelAsync();
        await writer;
    }

    private static CollectionIndex Filled(string pattern)
    {
        CollectionIndex index = Indexes.Make(pattern);
        for (int i = 0; i < Values.Length; i++)
        {
            index.Add(index.Extract(BsonDocument.Parse($"{{a:{Values[i]}}}").ToBson()), new RecordId(i));
        }

        return index;
    }

    private static IndexInterval Interval(string text)
    {
        string[] parts = text.Split(' ');
        bool inclusive = parts[^1] == "inclusive";
        return parts[0] switch
        {
            "above" => IndexInterval.Above(Indexes.Value(parts[1]), inclusive),
            "below" => IndexInterval.Below(Indexes.Value(parts[1]), inclusive),
            "between" => IndexInterval.Between(Indexes.Value(parts[1]), true, Indexes.Value(parts[2]), false),
            "point" => IndexInterval.Point(Indexes.Value(parts[1])),
            "prefix" => IndexInterval.Prefix("ab"u8),
            _ => IndexInterval.OfType(Lmtp.EmbeddedMongo.Bson.BsonType.String),
        };
    }

    private static List<string> Found(IndexScan scan) => [.. Records(scan).Select(id => Values[id])];

    private static List<long> Records(IndexScan scan)
    {
        List<long> found = [];
        while (scan.MoveNext())
        {
            found.Add(scan.Current.Value);
        }

        return found;
    }
}
