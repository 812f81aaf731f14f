using Lmtp.Server.Mime;
using Lmtp.Server.Mime.Charsets;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>Bytes that make no sense in their charset. What WildDuck makes of them was found out with its own code.</summary>
public sealed class CharsetTests
{
    [Theory]
    [InlineData("EUC-JP", "B0A1CD06", "\u4e9c\ufffd\u0006")]
    [InlineData("gbk", "B0A1FF41", "\u554a\ufffdA")]
    [InlineData("big5", "A440FF", "\u4e00\ufffd")]
    [InlineData("shift_jis", "88A0FF", "\u5516\ufffd")]
    [InlineData("utf-7", "412B41474F2D80", "Ac\ufffd")]
    public void Bytes_that_are_no_character_become_the_replacement_character(string charset, string bytes, string text) =>
        Assert.Equal(text, Decode(bytes, charset));

    [Theory]
    [InlineData("1B24422C7C33571B284241", "?\u9769A")]
    [InlineData("1B2849311B2842", "\uff71")]
    [InlineData("1B244233", "?")]
    [InlineData("C3A9A9", "\u00e9\u00e9")]
    [InlineData("F09F9880A9", "\ud83d\ude00\uf600")]
    [InlineData("E3", "\u3000")]
    [InlineData("411B", "A")]
    public void Japanese_mail_with_bytes_out_of_place_is_read_as_WildDuck_does(string bytes, string text) =>
        Assert.Equal(text, Decode(bytes, "ISO-2022-JP"));

    [Fact]
    public void A_name_that_was_normalised_stays_as_it_is()
    {
        foreach (var name in MimeData.Lines("charset-aliases").SelectMany(static line => line.Split(' ')).Append("latin5").Append("win1251x"))
        {
            var normalized = Charset.Normalize(name);

            Assert.Equal(normalized, Charset.Normalize(normalized));
        }
    }

    [Theory]
    [InlineData("x-user", "X-USER", true)]
    [InlineData("x-user", "x-users", false)]
    [InlineData("latin1", "iso-8859-1", true)]
    [InlineData("x-a", "utf-8", false)]
    [InlineData(" utf-8", "utf8", true)]
    public void Names_of_one_charset_are_known(string name, string other, bool expected)
    {
        Assert.Equal(expected, Charset.AreOne(name, other));
        Assert.Equal(expected, Charset.Normalize(name) == Charset.Normalize(other));
    }

    private static string Decode(string bytes, string charset)
    {
        using var text = new TextBuffer();
        Charset.Decode(Convert.FromHexString(bytes), charset, text);
        return text.ToString();
    }
}
