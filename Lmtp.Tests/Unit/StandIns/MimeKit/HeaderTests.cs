using System.Text;
using MimeKit;

namespace Lmtp.Tests.Unit.StandIns.MimeKit;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("plain words", " plain words")]
    [InlineData("  blanks around ", " blanks around")]
    [InlineData("ü b", " =?utf-8?b?w7w=?= b")]
    [InlineData("a ü ü b", " a =?utf-8?b?w7wgw7w=?= b")]
    [InlineData("=?like?q?one?=", " =?utf-8?b?PT9saWtlP3E/b25lPz0=?=")]
    public void Text_is_encoded_word_by_word(string text, string raw)
    {
        var header = new Header(HeaderId.Subject, text);

        Assert.Equal(raw, Encoding.ASCII.GetString(header.RawValue).TrimEnd());
        Assert.Equal(text.Trim(), Decoded(header));
    }

    [Theory]
    [InlineData("a\r\nBcc: hidden@example.org")]
    [InlineData("a\nb")]
    [InlineData("a\r\n\r\nbody")]
    public void Line_breaks_in_a_value_begin_no_new_field(string value)
    {
        var message = MessageText.New();
        message.Headers.Add("X-Test", value);
        message.Subject = value;

        var read = MessageText.Load(MessageText.Write(message));

        Assert.Equal(["Message-Id", "X-Test", "Subject"], read.Headers.Select(header => header.Field));
        Assert.Equal(string.Empty, read.TextBody);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("ü")]
    public void Field_name_with_other_than_printable_ascii_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new Header(name, "x"));
    }

    [Theory]
    [InlineData("word ", 60)]
    [InlineData("Grüße ", 60)]
    [InlineData("日本語のとても長い件名", 20)]
    [InlineData("x", 4000)]
    [InlineData("😀", 100)]
    public void Long_value_is_folded_and_read_as_it_was(string piece, int times)
    {
        var value = string.Concat(Enumerable.Repeat(piece, times)).Trim();
        var header = new Header(HeaderId.Subject, value);

        var lines = Encoding.ASCII.GetString(header.RawValue).TrimEnd().Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 78));
        Assert.All(lines.Skip(1), line => Assert.StartsWith(" ", line, StringComparison.Ordinal));
        Assert.Equal(value, Decoded(header));
    }

    [Theory]
    [InlineData("=?utf-8?Q?a?= =?utf-8?Q?b?= c", "ab c")]
    [InlineData("=?utf-8?B?w6k=?=", "é")]
    [InlineData("=?utf-8?B?ww==?= =?utf-8?B?qQ==?=", "é")]
    [InlineData("=?iso-8859-1?q?caf=E9_cr=E8me?=", "café crème")]
    [InlineData("=?koi8-r?B?9NHOydLJ?=", "Тянири")]
    [InlineData("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?nonsense?q?a=C3=A9?=", "aé")]
    [InlineData("=?utf-8?X?a?=", "=?utf-8?X?a?=")]
    [InlineData("=?bad?=", "=?bad?=")]
    [InlineData("=?", "=?")]
    [InlineData("a =?utf-8?q?b", "a =?utf-8?q?b")]
    [InlineData("caf\xe9", "café")]
    public void Encoded_words_are_decoded(string raw, string expected)
    {
        Assert.Equal(expected, MessageText.Load($"Subject: {raw}\n\n").Subject);
    }

    [Fact]
    public void Fields_are_found_by_id_and_by_name_in_any_case()
    {
        var message = MessageText.Load("SUBJECT: a\nx-other: b\nSubject: c\n\n");

        Assert.Equal("a", message.Headers[HeaderId.Subject]);
        Assert.Equal("b", message.Headers["X-Other"]);
        Assert.Null(message.Headers["X-None"]);
        Assert.Equal([HeaderId.Subject, HeaderId.Unknown, HeaderId.Subject], message.Headers.Select(header => header.Id));
    }

    [Fact]
    public void Replaced_field_keeps_the_place_of_the_first()
    {
        var message = MessageText.Load("Subject: a\nX-Other: b\nSubject: c\n\n");

        message.Headers.Replace(HeaderId.Subject, "d");

        Assert.Equal("Subject: d\nX-Other: b\n\n", MessageText.Write(message));
    }

    private static string Decoded(Header header) =>
        MessageText.Load([.. "X-Test:"u8, .. header.RawValue, (byte)'\n']).Headers["X-Test"]!;
}
