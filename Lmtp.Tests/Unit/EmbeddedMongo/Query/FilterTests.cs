using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Filters;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed class FilterTests
{
    [Theory]
    [InlineData("{a: 1}", "{a: 1.0}", true)]
    [InlineData("{a: 1}", "{a: {$numberLong: '1'}}", true)]
    [InlineData("{a: 1}", "{a: '1'}", false)]
    [InlineData("{a: [1, 2]}", "{a: 2}", true)]
    [InlineData("{a: [1, 2]}", "{a: [1, 2]}", true)]
    [InlineData("{a: [[1, 2]]}", "{a: [1, 2]}", true)]
    [InlineData("{a: [1, 2]}", "{a: [2, 1]}", false)]
    [InlineData("{a: [[1]]}", "{a: 1}", false)]
    [InlineData("{}", "{a: null}", true)]
    [InlineData("{a: null}", "{a: null}", true)]
    [InlineData("{a: []}", "{a: null}", false)]
    [InlineData("{a: [null]}", "{a: null}", true)]
    [InlineData("{a: 4}", "{'a.b': null}", true)]
    [InlineData("{a: [1, 2]}", "{'a.b': null}", false)]
    [InlineData("{a: [{c: 1}, {b: 2}]}", "{'a.b': null}", true)]
    [InlineData("{}", "{a: {$exists: false}}", true)]
    [InlineData("{a: null}", "{a: {$exists: true}}", true)]
    [InlineData("{a: [{b: 1}, {b: 2}]}", "{'a.b': 2}", true)]
    [InlineData("{a: [{b: 1}, {b: 2}]}", "{'a.1.b': 2}", true)]
    [InlineData("{a: [{b: 1}, {b: 2}]}", "{'a.0.b': 2}", false)]
    [InlineData("{a: {'0': 5}}", "{'a.0': 5}", true)]
    [InlineData("{a: [{b: [1, 2]}]}", "{'a.b': [1, 2]}", true)]
    [InlineData("{a: {b: 1, c: 2}}", "{a: {b: 1, c: 2}}", true)]
    [InlineData("{a: {b: 1, c: 2}}", "{a: {c: 2, b: 1}}", false)]
    public void Equality_follows_paths_arrays_and_null(string document, string filter, bool expected) =>
        Assert.Equal(expected, Matches(document, filter));

    [Theory]
    [InlineData("some.text", "e.t", true)]
    [InlineData("some.text", @"e\\.t", true)]
    [InlineData("someXtext", @"e\\.t", false)]
    [InlineData("someXtext", "e.t", true)]
    [InlineData("a b#c", @"a\\ b\\#c", true)]
    [InlineData("Ä@x", "Ä@", true)]
    [InlineData("Text", "text", false)]
    [InlineData("", "", true)]
    [InlineData("tab\\tbed", @"b\\tb", true)]
    public void Expression_that_is_nothing_but_text_finds_what_it_would_as_an_expression(string text, string pattern, bool expected) =>
        Assert.Equal(expected, Matches($"{{a: '{text}'}}", $"{{a: {{$regex: '{pattern}'}}}}"));

    [Theory]
    [InlineData("{a: 5}", "{a: {$gt: 4}}", true)]
    [InlineData("{a: 'x'}", "{a: {$gt: 4}}", false)]
    [InlineData("{a: true}", "{a: {$gt: false}}", true)]
    [InlineData("{}", "{a: {$lt: 4}}", false)]
    [InlineData("{}", "{a: {$gte: null}}", true)]
    [InlineData("{}", "{a: {$gt: null}}", false)]
    [InlineData("{a: NaN}", "{a: {$lt: 4}}", false)]
    [InlineData("{a: NaN}", "{a: {$gte: NaN}}", true)]
    [InlineData("{a: [1, 10]}", "{a: {$gt: 5, $lt: 6}}", true)]
    [InlineData("{a: [1, 10]}", "{a: {$elemMatch: {$gt: 5, $lt: 6}}}", false)]
    [InlineData("{a: 'x'}", "{a: {$gt: {$minKey: 1}}}", true)]
    [InlineData("{a: {$numberLong: '9007199254740993'}}", "{a: {$gt: 9007199254740992.0}}", true)]
    [InlineData("{a: 5}", "{a: {$not: {$gt: 6}}}", true)]
    [InlineData("{}", "{a: {$not: {$gt: 6}}}", true)]
    [InlineData("{a: [1, 10]}", "{a: {$not: {$gt: 6}}}", false)]
    [InlineData("{a: 3}", "{a: {$not: {$gt: 1, $ne: 5}}}", false)]
    [InlineData("{a: 5}", "{a: {$not: {$gt: 1, $ne: 5}}}", true)]
    public void Comparisons_stay_within_a_type(string document, string filter, bool expected) =>
        Assert.Equal(expected, Matches(document, filter));

    [Theory]
    [InlineData("{a: [1, 2]}", "{a: {$ne: 2}}", false)]
    [InlineData("{}", "{a: {$ne: 2}}", true)]
    [InlineData("{a: 2}", "{a: {$in: [1, 2]}}", true)]
    [InlineData("{a: 'abc'}", "{a: {$in: [/^b/, /c$/]}}", true)]
    [InlineData("{}", "{a: {$in: [null]}}", true)]
    [InlineData("{a: 12}", "{a: {$in: [1,2,3,4,5,6,7,8,9,10,11,12]}}", true)]
    [InlineData("{}", "{a: {$in: [1,2,3,4,5,6,7,8,9,10,11,null]}}", true)]
    [InlineData("{a: 1}", "{a: {$in: []}}", false)]
    [InlineData("{a: 1}", "{a: {$nin: [2]}}", true)]
    [InlineData("{a: ['x', 'y', 'z']}", "{a: {$all: ['z', 'x']}}", true)]
    [InlineData("{a: ['x']}", "{a: {$all: ['z', 'x']}}", false)]
    [InlineData("{a: 1}", "{a: {$all: []}}", false)]
    [InlineData("{a: [1, 2]}", "{a: {$size: 2}}", true)]
    [InlineData("{a: [[1, 2]]}", "{a: {$size: 2}}", false)]
    [InlineData("{a: 7}", "{a: {$mod: [4, 3]}}", true)]
    [InlineData("{a: 'A'}", "{a: {$regex: 'a', $options: 'i'}}", true)]
    [InlineData("{a: 'A'}", "{a: /a/}", false)]
    [InlineData("{a: [1]}", "{a: {$type: 'array'}}", true)]
    [InlineData("{a: [1]}", "{a: {$type: 'number'}}", true)]
    [InlineData("{a: 1}", "{a: {$type: [2, 'int']}}", true)]
    [InlineData("{h: [{k: 'a', v: 1}, {k: 'b', v: 2}]}", "{h: {$elemMatch: {k: 'a', v: 2}}}", false)]
    [InlineData("{h: [{k: 'a', v: 1}, {k: 'b', v: 2}]}", "{'h.k': 'a', 'h.v': 2}", true)]
    [InlineData("{h: [{k: 'a', v: 1}]}", "{h: {$elemMatch: {k: 'a', v: {$regex: '1'}}}}", false)]
    [InlineData("{a: 1, b: 2}", "{$or: [{a: 2}, {b: 2}]}", true)]
    [InlineData("{a: 1, b: 2}", "{$nor: [{a: 2}, {b: 3}]}", true)]
    [InlineData("{a: 1, b: 2}", "{$and: [{a: 1}, {b: 3}]}", false)]
    [InlineData("{a: 1, b: 2}", "{$expr: {$lt: ['$a', '$b']}}", true)]
    [InlineData("{a: 1}", "{a: {}}", false)]
    public void Operators_match_as_documented(string document, string filter, bool expected) =>
        Assert.Equal(expected, Matches(document, filter));

    [Theory]
    [InlineData("{$foo: 1}", ErrorCode.BadValue, "$foo")]
    [InlineData("{a: {$foo: 1}}", ErrorCode.BadValue, "unknown operator: $foo")]
    [InlineData("{a: {$gt: 1, b: 2}}", ErrorCode.BadValue, "unknown operator: b")]
    [InlineData("{$or: []}", ErrorCode.BadValue, "nonempty")]
    [InlineData("{a: {$in: 1}}", ErrorCode.BadValue, "$in needs an array")]
    [InlineData("{a: {$near: [1, 2]}}", ErrorCode.BadValue, "$near")]
    [InlineData("{$where: 'true'}", ErrorCode.BadValue, "$where")]
    [InlineData("{a: {$regex: '('}}", ErrorCode.Location51091, "invalid")]
    [InlineData("{a: {$options: 'i'}}", ErrorCode.BadValue, "$options needs a $regex")]
    public void Misuse_is_refused_by_name(string filter, object code, string text)
    {
        var exception = Assert.Throws<CommandException>(() => FilterParser.Parse(BsonDocument.Parse(filter)));
        Assert.Equal((int)(ErrorCode)code, exception.Code);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Positional_index_is_that_of_the_outermost_array()
    {
        var state = new MatchState();
        var filter = FilterParser.Parse(BsonDocument.Parse("{'a.b': 3}"));
        Assert.True(filter.Matches(BsonDocument.Parse("{a: [{b: [1]}, {b: [9, 9, 3]}]}").ToBson(), state));
        Assert.Equal(1, state.ArrayIndex);
    }

    private static bool Matches(string document, string filter) =>
        FilterParser.Parse(BsonDocument.Parse(filter)).Matches(BsonDocument.Parse(document).ToBson(), new MatchState());
}
