using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;

namespace Lmtp.Tests.Unit.Bson;

public sealed class BsonDocumentTests
{
    [Fact]
    public void Second_element_of_a_name_is_refused()
    {
        var document = new BsonDocument { { "a", 1 } };

        Assert.Throws<InvalidOperationException>(() => document.Add("a", 2));
    }

    [Fact]
    public void Document_that_allows_it_keeps_both_elements_of_a_name()
    {
        var document = new BsonDocument(allowDuplicateNames: true) { { "a", 1 }, { "a", 2 } };

        Assert.Equal(2, document.ElementCount);
        Assert.Equal(1, document["a"].AsInt32);
    }

    [Fact]
    public void Missing_element_is_an_error_unless_a_default_is_given()
    {
        var document = new BsonDocument();

        Assert.Throws<KeyNotFoundException>(() => document["a"]);
        Assert.Equal("none", document.GetValue("a", "none").AsString);
        Assert.False(document.TryGetValue("a", out _));
    }

    [Fact]
    public void Names_of_a_wide_document_are_found_after_every_change()
    {
        var document = new BsonDocument(Enumerable.Range(0, 40).Select(number => new BsonElement($"n{number}", number)));

        document.Remove("n7");
        document.Add("late", true);
        document.InsertAt(0, new BsonElement("first", 0));

        Assert.False(document.Contains("n7"));
        Assert.Equal(39, document["n39"].AsInt32);
        Assert.Equal(40, document.IndexOfName("late"));
        Assert.Equal(0, document.IndexOfName("first"));
    }

    [Fact]
    public void Numbers_of_different_types_are_equal_by_operator_and_sort_by_value()
    {
        BsonValue small = 1;
        BsonValue same = 1.0;

        Assert.True(small == same);
        Assert.False(small.Equals(same));
        Assert.True(new BsonInt64(2) > new BsonDouble(1.5));
        Assert.True(new BsonDecimal128(Decimal128.Parse("2.5")) > new BsonInt32(2));
    }

    [Fact]
    public void Types_sort_in_the_order_of_the_server()
    {
        BsonValue[] sorted =
        [
            BsonMinKey.Value, BsonUndefined.Value, BsonNull.Value, 1, "a", new BsonDocument(), new BsonArray(), new BsonBinaryData([1]),
            ObjectId.Empty, false, new BsonDateTime(0), new BsonTimestamp(0), new BsonRegularExpression("a"), BsonMaxKey.Value,
        ];

        Assert.Equal(sorted, sorted.Reverse().Order());
    }

    [Fact]
    public void Raw_document_reads_like_the_document_it_holds()
    {
        var document = new BsonDocument { { "a", 1 }, { "b", new BsonDocument("c", new BsonArray { 1, "x" }) }, { "grün", true } };
        using var raw = new RawBsonDocument(document.ToBson());

        Assert.Equal(document, new BsonDocument(raw));
        Assert.Equal("x", raw["b"]["c"][1].AsString);
        Assert.True(raw["grün"].AsBoolean);
        Assert.Equal(3, raw.ElementCount);
        Assert.Throws<NotSupportedException>(() => raw.Add("d", 1));
    }

    [Fact]
    public void Shell_syntax_is_read()
    {
        var document = BsonDocument.Parse("{ id: ObjectId('65937d25f1a2b3c4d5e6f701'), at: ISODate('2024-01-02T03:04:05.678Z'), n: NumberLong(5), 'r': /a\\/b/i, }");

        Assert.Equal(ObjectId.Parse("65937d25f1a2b3c4d5e6f701"), document["id"].AsObjectId);
        Assert.Equal(new DateTime(2024, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), document["at"].ToUniversalTime());
        Assert.Equal(BsonType.Int64, document["n"].BsonType);
        Assert.Equal("a/b", document["r"].AsBsonRegularExpression.Pattern);
    }

    [Fact]
    public void Shell_mode_writes_shell_syntax()
    {
        var document = new BsonDocument { { "id", ObjectId.Empty }, { "n", 5L }, { "d", 1.0 } };

        Assert.Equal(
            "{ \"id\" : ObjectId(\"000000000000000000000000\"), \"n\" : NumberLong(5), \"d\" : 1.0 }",
            document.ToJson(new JsonWriterSettings { OutputMode = JsonOutputMode.Shell }));
    }

    [Fact]
    public void Document_of_the_deepest_allowed_level_is_written_and_a_deeper_one_refused()
    {
        Assert.NotEmpty(Nest(BsonDefaults.MaxSerializationDepth).ToBson());
        Assert.Throws<BsonSerializationException>(() => Nest(BsonDefaults.MaxSerializationDepth + 1).ToBson());
    }

    [Fact]
    public void Ids_made_one_after_the_other_rise_and_carry_their_time()
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

        var id = ObjectId.GenerateNewId(time);

        Assert.Equal(time, id.CreationTime);
        Assert.Equal(id, ObjectId.Parse(id.ToString()));
        Assert.NotEqual(id, ObjectId.GenerateNewId(time));
        Assert.False(ObjectId.TryParse("65937d25f1a2b3c4d5e6f70", out _));
        Assert.False(ObjectId.TryParse("65937d25f1a2b3c4d5e6f70z", out _));
    }

    [Fact]
    public void Random_documents_come_back_as_they_were()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var document = RandomDocument(random, depth: 4);
            var bytes = document.ToBson();
            var read = BsonSerializer.Deserialize<BsonDocument>(bytes);
            Assert.True(document.Equals(read), $"seed {seed}, round {round}");
            Assert.True(bytes.AsSpan().SequenceEqual(read.ToBson()), $"seed {seed}, round {round}");
            var parsed = BsonDocument.Parse(document.ToJson(new JsonWriterSettings { OutputMode = JsonOutputMode.CanonicalExtendedJson }));
            Assert.True(bytes.AsSpan().SequenceEqual(parsed.ToBson()), $"seed {seed}, round {round}: {document}");
        }
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_read_but_never_crash()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = RandomDocument(random, depth: 3).ToBson();
            for (var change = 0; change < 3; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var exception = Record.Exception(() => BsonSerializer.Deserialize<BsonDocument>(bytes));
            Assert.True(
                exception is null or FormatException or EndOfStreamException or ArgumentException or InvalidOperationException or BsonSerializationException,
                $"seed {seed}, round {round}: {exception}");
        }
    }

    private static BsonDocument Nest(int levels)
    {
        var document = new BsonDocument();
        for (var level = 1; level < levels; level++)
        {
            document = new BsonDocument("a", document);
        }

        return document;
    }

    private static BsonDocument RandomDocument(Random random, int depth)
    {
        var document = new BsonDocument();
        for (var index = random.Next(0, 20); index > 0; index--)
        {
            document[$"f{random.Next(100)}é"[..random.Next(2, 4)]] = RandomValue(random, depth);
        }

        return document;
    }

    private static BsonValue RandomValue(Random random, int depth)
    {
        return random.Next(depth > 0 ? 16 : 14) switch
        {
            0 => random.Next(int.MinValue, int.MaxValue),
            1 => random.NextInt64(long.MinValue, long.MaxValue),
            2 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var number && double.IsNaN(number) ? 0.5 : number,
            3 => new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(1, 0xd800))]),
            4 => random.Next(2) == 0,
            5 => BsonNull.Value,
            6 => new BsonDateTime(random.NextInt64(-100_000_000_000_000, 100_000_000_000_000)),
            7 => ObjectId.GenerateNewId(random.Next()),
            8 => RandomBinary(random),
            9 => new BsonRegularExpression($"a{random.Next(9)}", "im"),
            10 => new BsonTimestamp(random.Next(), random.Next()),
            11 => new BsonDecimal128(new Decimal128((decimal)random.NextDouble())),
            12 => BsonMinKey.Value,
            13 => new BsonJavaScript("return 1;"),
            14 => RandomDocument(random, depth - 1),
            _ => new BsonArray(Enumerable.Range(0, random.Next(5)).Select(_ => RandomValue(random, depth - 1))),
        };
    }

    private static BsonBinaryData RandomBinary(Random random)
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return new BsonBinaryData(bytes);
    }
}
