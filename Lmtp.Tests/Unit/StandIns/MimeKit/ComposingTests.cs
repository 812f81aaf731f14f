using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Lmtp.Tests.Unit.StandIns.MimeKit;

public sealed class ComposingTests
{
    [Fact]
    public void New_message_has_date_and_id()
    {
        var message = new MimeMessage();

        Assert.Equal(["From", "Date", "Subject", "Message-Id"], message.Headers.Select(header => header.Field));
        Assert.Contains('@', message.MessageId!);
        Assert.NotEqual(message.MessageId, new MimeMessage().MessageId);
        Assert.InRange(message.Date, DateTimeOffset.Now.AddMinutes(-5), DateTimeOffset.Now.AddMinutes(5));
    }

    [Theory]
    [InlineData("short\n", EncodingConstraint.SevenBit, ContentEncoding.Default)]
    [InlineData("mostly ASCII with one ü in its long line\n", EncodingConstraint.SevenBit, ContentEncoding.QuotedPrintable)]
    [InlineData("mostly ASCII with one ü in its long line\n", EncodingConstraint.EightBit, ContentEncoding.EightBit)]
    [InlineData("日本語\n", EncodingConstraint.SevenBit, ContentEncoding.Base64)]
    [InlineData("a\0b", EncodingConstraint.SevenBit, ContentEncoding.Base64)]
    public void Encoding_is_what_the_transport_lets_through(string text, EncodingConstraint constraint, ContentEncoding expected)
    {
        var message = MessageText.New();
        var part = new TextPart("plain") { Text = text };
        message.Body = part;

        message.Prepare(constraint);

        Assert.Equal(expected, part.ContentTransferEncoding);
        Assert.Equal(text, ((TextPart)MessageText.Load(Encoding.UTF8.GetBytes(MessageText.Write(message))).Body!).Text);
    }

    [Theory]
    [InlineData("tabs\tand blanks at the end  \nnext=3D\n")]
    [InlineData("ü")]
    [InlineData("a\n\n\nb\n")]
    [InlineData(".\n..\n")]
    public void Quoted_printable_gives_back_the_text_in_short_lines(string text)
    {
        text = string.Concat(Enumerable.Repeat(text, 40)) + new string('x', 500);
        var message = MessageText.New();
        message.Body = new TextPart("plain") { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

        var written = MessageText.Write(message);

        Assert.All(written.Split('\n'), line => Assert.InRange(line.Length, 0, 76));
        Assert.DoesNotContain(written.Split('\n'), line => line.EndsWith(' ') || line.EndsWith('\t'));
        Assert.Equal(text, MessageText.Load(written).TextBody);
    }

    [Fact]
    public void Every_line_ends_as_the_options_say()
    {
        var message = MessageText.New();
        message.Subject = string.Concat(Enumerable.Repeat("Grüße ", 40));
        message.Body = new BodyBuilder { TextBody = "a\nb\r\nc", HtmlBody = "<p>ü", Attachments = { { "x.bin", new byte[300] } } }.ToMessageBody();

        var dos = MessageText.Write(message, NewLineFormat.Dos);
        var unix = MessageText.Write(message);

        Assert.DoesNotContain('\n', dos.Replace("\r\n", string.Empty, StringComparison.Ordinal));
        Assert.Equal(unix, dos.Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', unix);
    }

    [Fact]
    public void Text_html_and_attachments_are_read_as_they_were_built()
    {
        var message = MessageText.New();
        var data = Enumerable.Range(0, 1000).Select(number => (byte)number).ToArray();
        message.Body = new BodyBuilder { TextBody = "text", HtmlBody = "<p>html</p>", Attachments = { { "fü \"x\".bin", data } } }.ToMessageBody();

        var read = MessageText.Load(MessageText.Write(message));

        Assert.Equal("text", read.TextBody);
        Assert.Equal("<p>html</p>", read.HtmlBody);
        var attachment = Assert.IsType<MimePart>(Assert.Single(read.Attachments));
        Assert.Equal("fü \"x\".bin", attachment.FileName);
        using var content = new MemoryStream();
        attachment.Content!.DecodeTo(content, TestContext.Current.CancellationToken);
        Assert.Equal(data, content.ToArray());
    }

    [Theory]
    [InlineData("simple.txt")]
    [InlineData("with blank; and = sign.txt")]
    [InlineData("Übergrößenträger und noch viel mehr Text, der über eine Zeile hinausgeht, 日本語のとても長い名前.txt")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.txt")]
    [InlineData("quote\".txt")]
    public void File_name_of_any_text_is_read_as_it_was(string name)
    {
        var message = MessageText.New();
        message.Body = new MimePart("application", "octet-stream") { FileName = name, Content = new MimeContent(new MemoryStream([1])) };

        var text = MessageText.Write(message);

        Assert.True(Ascii.IsValid(text));
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal(name, ((MimePart)MessageText.Load(text).Body!).FileName);
    }

    [Fact]
    public void Thread_fields_are_written_in_angle_brackets()
    {
        var message = MessageText.New();
        message.InReplyTo = "<b@c>";
        message.References.AddRange(["a@b", "b@c"]);

        var read = MessageText.Load(MessageText.Write(message));

        Assert.Equal("b@c", read.InReplyTo);
        Assert.Equal(["a@b", "b@c"], read.References);
        Assert.Equal("<a@b> <b@c>", read.Headers[HeaderId.References]);
    }

    [Theory]
    [InlineData("Mon, 01 Jun 2026 10:00:05 +0200", "2026-06-01T10:00:05+02:00")]
    [InlineData("1 Jun 26 10:00 EST", "2026-06-01T10:00:00-05:00")]
    [InlineData("Mon, 1 Jun 2026 10:00:05 GMT (comment)", "2026-06-01T10:00:05+00:00")]
    public void Dates_are_read(string text, string expected)
    {
        Assert.True(DateUtils.TryParse(text, out var date));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), date);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("31 Feb 2026 10:00:00 +0000")]
    [InlineData("1 Jun 2026 25:00:00 +0000")]
    [InlineData("1 Jun 99999 10:00:00 +0000")]
    public void What_is_no_date_is_refused(string text)
    {
        Assert.False(DateUtils.TryParse(text, out _));
    }

    [Fact]
    public void Date_is_written_as_it_is_read()
    {
        var date = new DateTimeOffset(2026, 6, 1, 10, 0, 5, TimeSpan.FromMinutes(-210));

        Assert.Equal("Mon, 01 Jun 2026 10:00:05 -0330", DateUtils.FormatDate(date));
        Assert.True(DateUtils.TryParse(DateUtils.FormatDate(date), out var read));
        Assert.Equal(date, read);
    }
}
