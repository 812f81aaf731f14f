using System.Text.Json;
using Lmtp.Server.Storage;

namespace Lmtp.Tests.Unit.Storage;

public sealed class WildcardAddressesTests
{
    [Fact]
    public void Reference_vectors_are_met()
    {
        var path = SharedData.RequireFile("corpus/vectors/wildcards.json");
        using var vectors = JsonDocument.Parse(File.ReadAllText(path));
        Assert.All(vectors.RootElement.GetProperty("cases").EnumerateArray(), vector =>
        {
            var input = vector.GetProperty("in");
            var expected = vector.GetProperty("out").EnumerateArray().Select(value => value.GetString()!).ToList();
            Assert.Equal(expected, WildcardAddresses.Candidates(input[0].GetString()!, input[1].GetString()!));
        });
    }

    [Fact]
    public void Local_part_counts_only_up_to_32_characters() =>
        Assert.Equal(65, WildcardAddresses.Candidates(new string('a', 40), "example.test").Count);

    [Fact]
    public void Prefix_wins_over_suffix_of_the_same_length()
    {
        var candidates = WildcardAddresses.Candidates("john", "x.test");
        Assert.Equal(1, WildcardAddresses.Best(candidates, [], ["*hn@x.test", "jo*@x.test", "*@x.test"]));
    }

    [Fact]
    public void Nothing_found_gives_nothing() =>
        Assert.Equal(-1, WildcardAddresses.Best(WildcardAddresses.Candidates("john", "x.test"), [], []));
}
