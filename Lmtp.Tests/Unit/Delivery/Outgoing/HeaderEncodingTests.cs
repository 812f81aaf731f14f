using System.Text;
using Lmtp.Server.Delivery.Autoreplies;

namespace Lmtp.Tests.Unit.Delivery.Outgoing;

public sealed class HeaderEncodingTests
{
    // What nodemailer 7 writes, which WildDuck composes with.
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("Grüße aus Wien", "=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_Wien?=")]
    [InlineData("say \"hi\"", "=?UTF-8?Q?say_=22hi=22?=")]
    [InlineData("日本語", "=?UTF-8?B?5pel5pys6Kqe?=")]
    [InlineData("two\r\nlines", "two lines")]
    public void Text_beyond_ascii_becomes_encoded_words(string text, string expected) =>
        Assert.Equal(expected, HeaderEncoding.Text(text));

    [Theory]
    [InlineData(null, "a@b.test")]
    [InlineData("The User", "The User <a@b.test>")]
    [InlineData("User, The", "\"User, The\" <a@b.test>")]
    [InlineData("a \"b\" \\", "\"a \\\"b\\\" \\\\\" <a@b.test>")]
    [InlineData("Jürgen", "=?UTF-8?Q?J=C3=BCrgen?= <a@b.test>")]
    [InlineData("x\r\nBcc: y@z", "\"x Bcc: y@z\" <a@b.test>")]
    public void Names_are_quoted_or_encoded_and_break_no_line(string? name, string expected) =>
        Assert.Equal(expected, HeaderEncoding.Mailbox(name, "a@b.test"));

    [Fact]
    public void Long_text_is_split_into_words_of_whole_characters()
    {
        var text = string.Concat(Enumerable.Repeat("äöü und 😀 ", 20));
        var words = HeaderEncoding.Text(text).Split(' ');
        Assert.True(words.Length > 1);
        Assert.All(words, word => Assert.InRange(word.Length, 1, 52));
        Assert.Equal(text, string.Concat(words.Select(Decode)));
    }

    [Fact]
    public void Fields_are_folded_before_white_space()
    {
        var field = HeaderEncoding.Field("Subject", string.Join(' ', Enumerable.Repeat("word", 40)));
        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 1, 76));
        Assert.All(field.Split("\r\n").Skip(1), line => Assert.StartsWith(" word", line, StringComparison.Ordinal));
        Assert.Equal(202, HeaderEncoding.Field("X", new string('y', 197)).Length);
    }

    [Theory]
    [InlineData("I am away.", "7bit")]
    [InlineData("schön weg", "quoted-printable")]
    [InlineData("日本語", "base64")]
    public void Bodies_travel_as_they_are_only_where_that_is_safe(string text, string encoding)
    {
        Assert.Equal(encoding, BodyEncoding.NameFor(text));
        Assert.Equal("quoted-printable", BodyEncoding.NameFor(new string('x', 77)));
        Assert.Equal("7bit", BodyEncoding.NameFor(new string('x', 76)));
    }

    [Fact]
    public void Random_bodies_come_back_from_both_encodings_in_short_lines()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces = ["a", "=", " ", "\t", "\n", "ä", "😀", "wordwordword", ".", "日本"];
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => pieces[random.Next(pieces.Length)]));
            var lines = text.ReplaceLineEndings("\r\n");
            var base64 = BodyEncoding.Encode(text, "base64");
            Assert.Equal(lines, Encoding.UTF8.GetString(Convert.FromBase64String(base64)));
            var quoted = BodyEncoding.Encode(text, "quoted-printable");
            Assert.Equal(lines, Unquote(quoted));
            Assert.All($"{base64}\r\n{quoted}".Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
            Assert.DoesNotContain(quoted.Split("\r\n"), line => line.EndsWith(' ') || line.EndsWith('\t'));
        }
    }

    private static string Unquote(string text)
    {
        var bytes = new List<byte>();
        var joined = text.Replace("=\r\n", null, StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(Convert.ToByte(joined.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)joined[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Decode(string word)
    {
        var content = word["=?UTF-8?Q?".Length..^2];
        return word[8] == 'B'
            ? Encoding.UTF8.GetString(Convert.FromBase64String(content))
            : Unquote(content.Replace('_', ' '));
    }
}
