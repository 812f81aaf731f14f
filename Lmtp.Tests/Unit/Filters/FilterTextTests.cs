using System.Text.Json;
using Lmtp.Server.Filters;

namespace Lmtp.Tests.Unit.Filters;

public sealed class FilterTextTests
{
    [Fact]
    public void Reference_vectors_are_met()
    {
        var path = SharedData.RequireFile("corpus/vectors/filterText.json");
        using var vectors = JsonDocument.Parse(File.ReadAllText(path));
        Assert.All(vectors.RootElement.GetProperty("cases").EnumerateArray(), vector =>
            Assert.Equal(
                vector.GetProperty("match").GetBoolean(),
                FilterText.Parse(vector.GetProperty("query").GetString()!).Matches(vector.GetProperty("text").GetString()!)));
    }
}
