using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Projections;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed class RawProjectionTests
{
    private const int Rounds = 5000;

    private static readonly string[] Paths = ["_id", "a", "b", "c", "a.b", "a.c", "b.a", "a.b.c", "b.a.b", "c.0", "missing", "missing.a"];

    [Fact]
    public void Projection_on_bytes_gives_the_same_as_on_documents()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var queries = new RandomQueries(seed);
        var compared = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var document = new BsonDocument("_id", round).Merge(queries.Document());
            var specification = Specification(random);
            if (Parse(specification) is not { } projection)
            {
                continue;
            }

            compared++;
            var expected = projection.Apply(document, new EvaluationScope(document, DateTimeOffset.UnixEpoch)).ToBson();
            Assert.NotNull(projection.Raw);
            Assert.True(
                expected.AsSpan().SequenceEqual(projection.Raw.Apply(document.ToBson())),
                $"seed {seed}: {specification.ToJson()} of {document.ToJson()}");
        }

        Assert.True(compared > Rounds / 4);
    }

    [Theory]
    [InlineData("{a: {$slice: 1}}")]
    [InlineData("{a: {$elemMatch: {b: 1}}}")]
    [InlineData("{'a.$': 1}")]
    [InlineData("{a: '$b'}")]
    [InlineData("{a: {b: {$add: [1, 2]}}}")]
    public void Projection_that_makes_values_needs_the_document(string specification) =>
        Assert.Null(Parse(BsonDocument.Parse(specification))!.Raw);

    private static BsonDocument Specification(Random random)
    {
        var specification = new BsonDocument();
        var isInclusion = random.Next(2) == 0;
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var path = Paths[random.Next(Paths.Length)];
            specification[path] = path == "_id" ? random.Next(2) == 0 : isInclusion;
        }

        return specification;
    }

    // Null where the specification contradicts itself.
    private static Projection? Parse(BsonDocument specification)
    {
        try
        {
            return Projection.Parse(specification, forFind: true);
        }
        catch (Lmtp.EmbeddedMongo.Commands.CommandException)
        {
            return null;
        }
    }
}
