using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Projections;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed class ProjectionTests
{
    [Theory]
    [InlineData("{a: 1}", "{_id: 1, a: {b: 1, c: 2}}")]
    [InlineData("{a: true, _id: 0}", "{a: {b: 1, c: 2}}")]
    [InlineData("{'a.b': 1}", "{_id: 1, a: {b: 1}}")]
    [InlineData("{a: {b: 1}}", "{_id: 1, a: {b: 1}}")]
    [InlineData("{a: 0, d: 0}", "{_id: 1, e: [{f: 1}, {f: 2}, 3]}")]
    [InlineData("{_id: 0}", "{a: {b: 1, c: 2}, d: [1, 2, 3], e: [{f: 1}, {f: 2}, 3]}")]
    [InlineData("{_id: 1}", "{_id: 1}")]
    [InlineData("{'e.f': 1}", "{_id: 1, e: [{f: 1}, {f: 2}]}")]
    [InlineData("{'e.f': 0, a: 0, d: 0}", "{_id: 1, e: [{}, {}, 3]}")]
    [InlineData("{d: {$slice: 2}, a: 0, e: 0}", "{_id: 1, d: [1, 2]}")]
    [InlineData("{d: {$slice: [-2, 1]}, a: 0, e: 0}", "{_id: 1, d: [2]}")]
    [InlineData("{d: {$elemMatch: {$gt: 1}}}", "{_id: 1, d: [2]}")]
    [InlineData("{'d.$': 1}", "{_id: 1, d: [3]}")]
    [InlineData("{n: {$add: ['$a.b', '$a.c']}}", "{_id: 1, n: 3}")]
    [InlineData("{n: 'x', 'a.b': 1}", "{_id: 1, a: {b: 1}, n: 'x'}")]
    public void Fields_are_kept_dropped_and_computed(string projection, string expected)
    {
        var document = BsonDocument.Parse("{_id: 1, a: {b: 1, c: 2}, d: [1, 2, 3], e: [{f: 1}, {f: 2}, 3]}");
        var parsed = Projection.Parse(BsonDocument.Parse(projection), forFind: true)!;
        var projected = parsed.Apply(document, new EvaluationScope(document, DateTimeOffset.UnixEpoch), matchedIndex: 2);
        Assert.Equal(BsonDocument.Parse(expected), projected);
    }

    [Theory]
    [InlineData("{a: 1, b: 0}", ErrorCode.Location31254)]
    [InlineData("{a: 0, b: 1}", ErrorCode.Location31253)]
    [InlineData("{a: 1, 'a.b': 1}", ErrorCode.Location31249)]
    public void Contradictions_are_refused(string projection, object code)
    {
        var exception = Assert.Throws<CommandException>(() => Projection.Parse(BsonDocument.Parse(projection), forFind: true));
        Assert.Equal((int)(ErrorCode)code, exception.Code);
    }
}
