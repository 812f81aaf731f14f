using Lmtp.Server.Storage.Searching;

namespace Lmtp.Tests.Unit.Storage;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("one", "\"one\"")]
    [InlineData("one two", "\"one\" \"two\"")]
    [InlineData("  one\ttwo ", "\"one\" \"two\"")]
    [InlineData("\"one two\" three", "\"one two\" \"three\"")]
    [InlineData("one\"two three\"four", "\"one\" \"two three\" \"four\"")]
    [InlineData("\"never closed", "\"never closed\"")]
    [InlineData("one -two", "\"one\" -two")]
    [InlineData("a-b", "\"a-b\"")]
    [InlineData("one --two", "\"one\" -two")]
    [InlineData("one - !", "\"one\"")]
    [InlineData("back\\slash", "\"back\\\\slash\"")]
    public void Words_are_all_asked_for(string typed, string expected) =>
        Assert.Equal(expected, SearchText.Parse(typed)?.ToTextSearch());

    [Theory]
    [InlineData("")]
    [InlineData("-one")]
    [InlineData("\"\"")]
    [InlineData("\" \" ! -")]
    public void Text_without_a_word_that_is_to_occur_is_none(string typed) => Assert.Null(SearchText.Parse(typed));

    [Fact]
    public void Any_text_is_read_to_its_end()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 5000; round++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "a b\"-\\\t"[random.Next(7)]));

            var parsed = SearchText.Parse(typed);

            Assert.All(parsed?.Wanted ?? [], word => Assert.DoesNotContain('"', word));
            Assert.Equal(typed.Count(character => character is 'a' or 'b'), (parsed?.Wanted.Concat(parsed.Excluded) ?? Skipped(typed)).Sum(word => word.Count(character => character is 'a' or 'b')));
        }
    }

    private static IEnumerable<string> Skipped(string typed) => [typed];
}
