using System.Globalization;

using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>Decoding encoded words in one pass gives what changing the text pass by pass does.</summary>
public sealed class EncodedWordTests
{
    private static readonly string[] Pieces =
    [
        "=?", "?=", "?", "=", " ", "  ", "\t", "a", "b c", "=?utf-8?q?", "=?utf-8?Q?=C3=A9?=", "=?UTF-8?b?w6k=?=", "=?latin1?q?=e9?=",
        "=?iso-8859-1?Q?a_b?=", "=?x?q?x?=", "=?x y?q?x?=", "=?a=?q?q?=", "=?utf-8?q?=?=", "?= =?", "__", "YQ==", "=?utf-8*en?q?a?=", "=?gbk?b?sKE=?=",
        "=?utf-8?q?=C3?=", "=?utf-8?q?=A9?=",
    ];

    private readonly int _seed = Environment.GetEnvironmentVariable("LMTP_TEST_SEED") is { } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    [Fact]
    public void Random_texts_are_decoded_as_in_passes()
    {
        foreach (var text in RandomTexts())
        {
            using var expected = new TextBuffer();
            EncodedWords.DecodeInPasses(text, expected);

            Assert.Equal(expected.ToString(), EncodedWords.Decode(text));
        }
    }

    [Theory]
    [InlineData("=?utf-8?q?a?= ", 10_000)]
    [InlineData("=?latin1?b?YQ==?=\t=?utf-8?q?a?= ", 5_000)]
    [InlineData("x =?a", 5_000)]
    public void The_beginning_of_a_long_text_is_that_of_the_whole(string piece, int count)
    {
        const int Enough = 1000;
        var text = string.Concat(Enumerable.Repeat(piece, count));
        using var beginning = new TextBuffer();
        EncodedWords.Decode(text, beginning, Enough);

        Assert.True(beginning.Length >= Enough);
        Assert.StartsWith(beginning.Text[..Enough].ToString(), EncodedWords.Decode(text), StringComparison.Ordinal);
    }

    private IEnumerable<string> RandomTexts()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"LMTP_TEST_SEED={_seed}");
        var random = new Random(_seed);
        for (var number = 0; number < 50_000; number++)
        {
            yield return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        }
    }
}
