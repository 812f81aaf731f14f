using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Planning;
using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary>Shows plans in the shape that MongoDB's <c>explain</c> gives them.</summary>
internal static class PlanDescription
{
    /// <summary>Describes a planned query.</summary>
    /// <param name="query">The query.</param>
    /// <returns>The winning plan, outermost stage first.</returns>
    public static BsonDocument Describe(PreparedQuery query)
    {
        var stage = Describe(query.Plan, query.Request.Filter);
        return query.SortsInMemory
            ? new BsonDocument { { "stage", "SORT" }, { "sortPattern", query.Request.Sort }, { "inputStage", stage } }
            : stage;
    }

    private static BsonDocument Describe(QueryPlan plan, BsonDocument filter) => plan switch
    {
        EmptyPlan => new BsonDocument("stage", "EOF"),
        IdPlan => new BsonDocument("stage", "IDHACK"),
        CollectionScanPlan scan => new BsonDocument
        {
            { "stage", "COLLSCAN" },
            { "filter", filter },
            { "direction", Direction(scan.IsForward) },
        },
        UnionPlan union => new BsonDocument
        {
            { "stage", "FETCH" },
            { "filter", filter },
            {
                "inputStage",
                new BsonDocument { { "stage", "OR" }, { "inputStages", new BsonArray(union.Plans.Select(DescribeAccess)) } }
            },
        },
        _ => new BsonDocument { { "stage", "FETCH" }, { "filter", filter }, { "inputStage", DescribeAccess(plan) } },
    };

    private static BsonDocument DescribeAccess(QueryPlan plan) => plan switch
    {
        IndexScanPlan scan => DescribeIndex("IXSCAN", scan.Index)
            .Add("direction", Direction(scan.IsForward))
            .Add("boundedFields", scan.Bounds.Count)
            .Add("ranges", scan.Ranges.Count),
        TextPlan text => DescribeIndex("TEXT_MATCH", text.Index),
        IdPlan => DescribeAccessById(),
        _ => new BsonDocument("stage", "COLLSCAN"),
    };

    private static BsonDocument DescribeAccessById() => new() { { "stage", "IXSCAN" }, { "indexName", IndexDefinition.IdIndexName } };

    private static BsonDocument DescribeIndex(string stage, CollectionIndex index) => new()
    {
        { "stage", stage },
        { "keyPattern", RawDocument.Decode(index.Definition.KeyPattern.Span) },
        { "indexName", index.Definition.Name },
        { "isMultiKey", index.IsMultikey },
        { "isUnique", index.Definition.IsUnique },
        { "isSparse", index.Definition.IsSparse },
        { "isPartial", index.Definition.PartialFilter is not null },
    };

    private static string Direction(bool isForward) => isForward ? "forward" : "backward";
}
