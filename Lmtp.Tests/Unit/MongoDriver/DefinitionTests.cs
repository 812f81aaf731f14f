using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Lmtp.Tests.Unit.MongoDriver;

public sealed class DefinitionTests
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private static RenderArgs<BsonDocument> Args => new(BsonSerializer.LookupSerializer<BsonDocument>(), BsonSerializer.SerializerRegistry);

    [Fact]
    public void Conditions_on_different_fields_share_a_document()
    {
        var filter = Filter.Eq("a", 1) & Filter.Gt("b", 2) & Filter.Lt("b", 5);

        Assert.Equal(BsonDocument.Parse("{ a: 1, b: { $gt: 2, $lt: 5 } }"), filter.Render(Args));
    }

    [Fact]
    public void Conditions_that_contradict_each_other_are_joined_by_and()
    {
        var filter = Filter.Eq("a", 1) & Filter.Eq("a", 2);

        Assert.Equal(BsonDocument.Parse("{ $and: [{ a: 1 }, { a: 2 }] }"), filter.Render(Args));
    }

    [Fact]
    public void Changes_by_one_operator_are_put_together()
    {
        var update = Update.Set("a", 1).Inc("n", 2L).Set("b", "x").PushEach("list", [1, 2]);

        Assert.Equal(
            new BsonDocument
            {
                { "$set", new BsonDocument { { "a", 1 }, { "b", "x" } } },
                { "$inc", new BsonDocument("n", 2L) },
                { "$push", new BsonDocument("list", new BsonDocument("$each", new BsonArray { 1, 2 })) },
            },
            update.Render(Args));
    }

    [Fact]
    public void Projections_and_orders_keep_the_order_of_their_fields()
    {
        var projection = Builders<BsonDocument>.Projection.Include("b").Include("a").Exclude("_id");
        var sort = Builders<BsonDocument>.Sort.Descending("b").Ascending("a");

        Assert.Equal(BsonDocument.Parse("{ b: 1, a: 1, _id: 0 }"), projection.Render(Args));
        Assert.Equal(BsonDocument.Parse("{ b: -1, a: 1 }"), sort.Render(Args));
    }

    [Fact]
    public void Write_concern_names_only_what_was_asked_for()
    {
        Assert.Equal(BsonDocument.Parse("{ w: 'majority', j: true }"), WriteConcern.WMajority.With(journal: true).ToBsonDocument());
        Assert.Equal(new BsonDocument(), WriteConcern.Acknowledged.ToBsonDocument());
    }
}
