using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed class ExpressionTests
{
    private static readonly BsonDocument Root = BsonDocument.Parse("{a: 5, s: 'Text', l: [3, 1, 2], d: {e: 1}, o: [{p: 1}, {p: 2}, {}], z: null}");

    [Theory]
    [InlineData("'$d.e'", "1")]
    [InlineData("'$o.p'", "[1, 2]")]
    [InlineData("'$$ROOT.a'", "5")]
    [InlineData("{$literal: '$a'}", "'$a'")]
    [InlineData("{$cond: [{$gt: ['$a', 3]}, 'big', 'small']}", "'big'")]
    [InlineData("{$cond: {if: '$z', then: 1, else: 2}}", "2")]
    [InlineData("{$ifNull: ['$missing', '$z', 7]}", "7")]
    [InlineData("{$switch: {branches: [{case: false, then: 1}, {case: true, then: 2}]}}", "2")]
    [InlineData("{$add: ['$a', 1, 0.5]}", "6.5")]
    [InlineData("{$subtract: ['$a', 7]}", "-2")]
    [InlineData("{$multiply: ['$a', 2]}", "10")]
    [InlineData("{$divide: ['$a', 2]}", "2.5")]
    [InlineData("{$mod: ['$a', 3]}", "2")]
    [InlineData("{$concat: ['$s', '!']}", "'Text!'")]
    [InlineData("{$toLower: '$s'}", "'text'")]
    [InlineData("{$size: '$l'}", "3")]
    [InlineData("{$arrayElemAt: ['$l', -1]}", "2")]
    [InlineData("{$in: [1, '$l']}", "true")]
    [InlineData("{$max: '$l'}", "3")]
    [InlineData("{$sum: ['$a', 'x', 1]}", "6")]
    [InlineData("{$setUnion: ['$l', [1, 9]]}", "[1, 2, 3, 9]")]
    [InlineData("{$setDifference: ['$l', [1]]}", "[3, 2]")]
    [InlineData("{$map: {input: '$l', as: 'x', in: {$multiply: ['$$x', 2]}}}", "[6, 2, 4]")]
    [InlineData("{$filter: {input: '$l', cond: {$gt: ['$$this', 1]}}}", "[3, 2]")]
    [InlineData("{$reduce: {input: '$l', initialValue: 0, in: {$add: ['$$value', '$$this']}}}", "6")]
    [InlineData("{$let: {vars: {x: 2}, in: {$add: ['$$x', '$a']}}}", "7")]
    [InlineData("{$mergeObjects: ['$d', {f: 2}]}", "{e: 1, f: 2}")]
    [InlineData("{$slice: ['$l', 1, 2]}", "[1, 2]")]
    [InlineData("{$type: '$missing'}", "'missing'")]
    [InlineData("{$toString: '$a'}", "'5'")]
    [InlineData("{$isArray: ['$l']}", "true")]
    [InlineData("{$eq: ['$missing', null]}", "false")]
    [InlineData("{$getField: 'a'}", "5")]
    public void Values_are_computed(string expression, string expected) =>
        Assert.Equal(Value(expected), ExpressionParser.Parse(Value(expression)).Evaluate(new EvaluationScope(Root, DateTimeOffset.UnixEpoch)));

    [Fact]
    public void Unknown_operator_is_refused_by_name()
    {
        var exception = Assert.Throws<CommandException>(() => ExpressionParser.Parse(Value("{$nonsense: 1}")));
        Assert.Equal((168, "InvalidPipelineOperator"), (exception.Code, exception.CodeName));
        Assert.Contains("$nonsense", exception.Message, StringComparison.Ordinal);
    }

    private static BsonValue Value(string json) => BsonDocument.Parse($"{{v: {json}}}")["v"];
}
