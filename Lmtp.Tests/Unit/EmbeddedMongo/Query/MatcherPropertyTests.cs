using Lmtp.EmbeddedMongo.Query.Filters;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed class MatcherPropertyTests
{
    private const int Filters = 3000;
    private const int Documents = 40;

    [Fact]
    public void Matcher_agrees_with_the_reference()
    {
        var seed = Random.Shared.Next();
        var random = new RandomQueries(seed);
        var documents = Enumerable.Range(0, Documents).Select(_ => random.Document()).ToList();
        var matches = 0;
        for (var i = 0; i < Filters; i++)
        {
            var filter = random.Filter();
            var compiled = FilterParser.Parse(filter);
            foreach (var document in documents)
            {
                var expected = ReferenceMatcher.Matches(document, filter);
                Assert.True(
                    expected == compiled.Matches(document.ToBson(), new MatchState()),
                    $"seed {seed}: {filter.ToJson()} must {(expected ? "match" : "not match")} {document.ToJson()}");
                matches += expected ? 1 : 0;
            }
        }

        Assert.InRange(matches, Filters * Documents / 20, Filters * Documents * 19 / 20);
    }
}
