using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Updates;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed class UpdateTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    [Theory]
    [InlineData("{_id: 1}", "{$set: {b: 1, a: 2, 'c.d': 3}}", "{_id: 1, a: 2, b: 1, c: {d: 3}}")]
    [InlineData("{_id: 1, a: [1]}", "{$set: {'a.3': 4}}", "{_id: 1, a: [1, null, null, 4]}")]
    [InlineData("{_id: 1, a: 1, b: {c: 1}}", "{$unset: {a: '', 'b.c': ''}}", "{_id: 1, b: {}}")]
    [InlineData("{_id: 1, a: [1, 2]}", "{$unset: {'a.0': ''}}", "{_id: 1, a: [null, 2]}")]
    [InlineData("{_id: 1, a: 1}", "{$inc: {a: 2, b: 3}}", "{_id: 1, a: 3, b: 3}")]
    [InlineData("{_id: 1, a: 2147483647}", "{$inc: {a: 1}}", "{_id: 1, a: {$numberLong: '2147483648'}}")]
    [InlineData("{_id: 1, a: 1}", "{$inc: {a: 0.5}}", "{_id: 1, a: 1.5}")]
    [InlineData("{_id: 1, a: 3}", "{$mul: {a: 2, b: 2}}", "{_id: 1, a: 6, b: 0}")]
    [InlineData("{_id: 1, a: 3, b: 3}", "{$min: {a: 2}, $max: {b: 4, c: 1}}", "{_id: 1, a: 2, b: 4, c: 1}")]
    [InlineData("{_id: 1, a: 'x'}", "{$max: {a: 5}}", "{_id: 1, a: 'x'}")]
    [InlineData("{_id: 1, a: 1}", "{$rename: {a: 'b.c'}}", "{_id: 1, b: {c: 1}}")]
    [InlineData("{_id: 1}", "{$push: {a: 1}}", "{_id: 1, a: [1]}")]
    [InlineData("{_id: 1, a: [3]}", "{$push: {a: {$each: [1, 2], $sort: 1, $slice: -2}}}", "{_id: 1, a: [2, 3]}")]
    [InlineData("{_id: 1, a: [3, 4]}", "{$push: {a: {$each: [1], $position: 1}}}", "{_id: 1, a: [3, 1, 4]}")]
    [InlineData("{_id: 1, a: [{b: 2}]}", "{$push: {a: {$each: [{b: 1}], $sort: {b: 1}}}}", "{_id: 1, a: [{b: 1}, {b: 2}]}")]
    [InlineData("{_id: 1, a: [1, 2]}", "{$addToSet: {a: {$each: [2, 3, 3.0]}}}", "{_id: 1, a: [1, 2, 3]}")]
    [InlineData("{_id: 1, a: [1]}", "{$addToSet: {a: [1]}}", "{_id: 1, a: [1, [1]]}")]
    [InlineData("{_id: 1, a: [1, 2, 3]}", "{$pop: {a: 1}}", "{_id: 1, a: [1, 2]}")]
    [InlineData("{_id: 1, a: [1, 2, 3]}", "{$pop: {a: -1}}", "{_id: 1, a: [2, 3]}")]
    [InlineData("{_id: 1, a: [1, 2, 3]}", "{$pull: {a: {$in: [1, 3]}}}", "{_id: 1, a: [2]}")]
    [InlineData("{_id: 1, a: [{b: 1, c: 2}, {b: 2}]}", "{$pull: {a: {b: 1}}}", "{_id: 1, a: [{b: 2}]}")]
    [InlineData("{_id: 1, a: [1, 2, 1]}", "{$pullAll: {a: [1]}}", "{_id: 1, a: [2]}")]
    [InlineData("{_id: 1, a: 5}", "{$bit: {a: {and: 4, or: 3}}}", "{_id: 1, a: 7}")]
    [InlineData("{_id: 1}", "{$currentDate: {a: true}}", "{_id: 1, a: {$date: {$numberLong: '1700000000000'}}}")]
    [InlineData("{_id: 1, a: [{b: 1}, {b: 2}]}", "{$set: {'a.$[].c': 1}}", "{_id: 1, a: [{b: 1, c: 1}, {b: 2, c: 1}]}")]
    [InlineData("{_id: 1, a: 1}", "{$setOnInsert: {a: 2}}", "{_id: 1, a: 1}")]
    [InlineData("{_id: 1, a: 1}", "{b: 2}", "{_id: 1, b: 2}")]
    public void Operators_change_documents(string before, string update, string after) =>
        Assert.Equal(BsonDocument.Parse(after), Apply(before, BsonDocument.Parse(update)));

    [Theory]
    [InlineData("{_id: 1}", "{$set: {a: 1}, $inc: {a: 1}}", ErrorCode.ConflictingUpdateOperators)]
    [InlineData("{_id: 1}", "{$set: {a: 1, 'a.b': 1}}", ErrorCode.ConflictingUpdateOperators)]
    [InlineData("{_id: 1, a: 1}", "{$set: {'a.b': 1}}", ErrorCode.PathNotViable)]
    [InlineData("{_id: 1, a: [1]}", "{$set: {'a.b': 1}}", ErrorCode.PathNotViable)]
    [InlineData("{_id: 1, a: 'x'}", "{$inc: {a: 1}}", ErrorCode.TypeMismatch)]
    [InlineData("{_id: 1}", "{$inc: {a: 'x'}}", ErrorCode.TypeMismatch)]
    [InlineData("{_id: 1, a: {$numberLong: '9223372036854775807'}}", "{$inc: {a: 1}}", ErrorCode.BadValue)]
    [InlineData("{_id: 1}", "{$set: {_id: 2}}", ErrorCode.ImmutableField)]
    [InlineData("{_id: 1}", "{_id: 2}", ErrorCode.ImmutableField)]
    [InlineData("{_id: 1}", "{$foo: {a: 1}}", ErrorCode.FailedToParse)]
    [InlineData("{_id: 1}", "{$set: 1}", ErrorCode.FailedToParse)]
    [InlineData("{_id: 1}", "{$set: {'a..b': 1}}", ErrorCode.EmptyFieldName)]
    [InlineData("{_id: 1, a: 1}", "{$push: {a: 1}}", ErrorCode.BadValue)]
    [InlineData("{_id: 1, a: [1]}", "{$set: {'a.$': 1}}", ErrorCode.BadValue)]
    [InlineData("{_id: 1, a: 1}", "{$pop: {a: 1}}", ErrorCode.TypeMismatch)]
    public void Misfits_have_the_servers_codes(string before, string update, object code)
    {
        var exception = Assert.Throws<CommandException>(() => Apply(before, BsonDocument.Parse(update)));
        Assert.Equal((int)(ErrorCode)code, exception.Code);
    }

    [Fact]
    public void Positional_operator_writes_the_matched_element()
    {
        var update = DocumentUpdate.Parse(BsonDocument.Parse("{$set: {'a.$': 9}}"), null);
        var after = update.Apply(BsonDocument.Parse("{_id: 1, a: [1, 2]}"), new UpdateContext(false, "1", Now));
        Assert.Equal(BsonDocument.Parse("{_id: 1, a: [1, 9]}"), after);
    }

    [Fact]
    public void Array_filters_choose_elements()
    {
        var update = DocumentUpdate.Parse(
            BsonDocument.Parse("{$inc: {'a.$[big].n': 1}}"),
            [BsonDocument.Parse("{'big.n': {$gt: 1}}")]);
        var after = update.Apply(BsonDocument.Parse("{_id: 1, a: [{n: 1}, {n: 2}, {n: 3}]}"), new UpdateContext(false, null, Now));
        Assert.Equal(BsonDocument.Parse("{_id: 1, a: [{n: 1}, {n: 3}, {n: 4}]}"), after);
    }

    [Fact]
    public void Pipeline_update_computes_from_the_document()
    {
        var pipeline = new BsonArray
        {
            BsonDocument.Parse("{$set: {ids: {$cond: [{$isArray: '$ids'}, '$ids', ['$ids']]}, user: {$ifNull: ['$user', 'u']}}}"),
            BsonDocument.Parse("{$set: {ids: {$setUnion: ['$ids', ['b']]}}}"),
        };
        var after = DocumentUpdate.Parse(pipeline, null)
            .Apply(BsonDocument.Parse("{_id: 1, ids: 'a'}"), new UpdateContext(false, null, Now));
        Assert.Equal(BsonDocument.Parse("{_id: 1, ids: ['a', 'b'], user: 'u'}"), after);
    }

    [Theory]
    [InlineData("{a: 1, 'b.c': {$eq: 2}, d: {$gt: 1}}", "{a: 1, b: {c: 2}}")]
    [InlineData("{$and: [{a: 1}, {b: {$in: [5]}}], c: {$in: [1, 2]}}", "{a: 1, b: 5}")]
    [InlineData("{$or: [{a: 1}]}", "{a: 1}")]
    [InlineData("{$or: [{a: 1}, {a: 2}]}", "{}")]
    [InlineData("{a: /x/}", "{}")]
    public void Upserts_start_from_the_equalities_of_the_filter(string filter, string seed) =>
        Assert.Equal(BsonDocument.Parse(seed), UpsertSeed.From(BsonDocument.Parse(filter), onlyId: false));

    private static BsonDocument Apply(string before, BsonDocument update) =>
        DocumentUpdate.Parse(update, null).Apply(BsonDocument.Parse(before), new UpdateContext(false, null, Now));
}
