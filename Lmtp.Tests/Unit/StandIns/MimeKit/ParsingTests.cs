using System.Text;
using MimeKit;

namespace Lmtp.Tests.Unit.StandIns.MimeKit;

public sealed class ParsingTests
{
    private const int Rounds = 3000;

    [Theory]
    [InlineData("")]
    [InlineData("no header\n")]
    [InlineData(" begins with a blank\nA: b\n\n")]
    public void What_does_not_begin_with_a_field_is_no_message(string text)
    {
        Assert.Throws<FormatException>(() => MessageText.Load(text));
    }

    [Fact]
    public void Unclosed_inner_multipart_ends_where_the_outer_goes_on()
    {
        var message = MessageText.Load("""
            Content-Type: multipart/mixed; boundary=b

            preamble
            --b
            Content-Type: multipart/alternative; boundary=c

            --c

            text
            --b
            Content-Type: application/octet-stream; name*0*=utf-8''%C3%A9; name*1="x.txt"
            Content-Disposition: attachment
            Content-Transfer-Encoding: base64

            AAAA
            --b--
            epilogue
            """);

        Assert.Equal("text", message.TextBody);
        Assert.Equal("éx.txt", Assert.IsType<MimePart>(Assert.Single(message.Attachments)).FileName);
        var multipart = Assert.IsType<Multipart>(message.Body);
        Assert.Equal(("preamble\n", "epilogue"), (multipart.Preamble, multipart.Epilogue));
        Assert.IsType<MultipartAlternative>(multipart[0]);
    }

    [Fact]
    public void Message_in_a_message_is_read()
    {
        var message = MessageText.Load("Content-Type: message/rfc822\n\nSubject: inner\n\nbody\n");

        var inner = Assert.IsType<MessagePart>(message.Body).Message!;
        Assert.Equal(("inner", "body\n"), (inner.Subject, inner.TextBody));
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "caf\xe9", "café")]
    [InlineData("text/plain; charset=utf-8", "caf\xc3\xa9", "café")]
    [InlineData("text/plain", "caf\xc3\xa9", "café")]
    [InlineData("text/plain; charset=nonsense", "caf\xe9", "café")]
    [InlineData("text/plain; charset=windows-1252", "\x80", "€")]
    public void Text_is_decoded_by_its_charset_or_a_good_guess(string type, string bytes, string expected)
    {
        Assert.Equal(expected, MessageText.Load($"Content-Type: {type}\n\n{bytes}").TextBody);
    }

    [Theory]
    [InlineData("text/html; charset=\"utf-8\"; format = flowed", "text/html", "utf-8")]
    [InlineData("TEXT/HTML (comment); CHARSET=x", "TEXT/HTML", "x")]
    [InlineData("text/html;;;charset=a;charset=b", "text/html", "a")]
    [InlineData("text/html; charset", "text/html", null)]
    public void Media_type_is_read(string text, string type, string? charset)
    {
        Assert.True(ContentType.TryParse(text, out var read));
        Assert.Equal((type, charset), (read.MimeType, read.Charset));
    }

    [Fact]
    public void What_was_read_is_written_as_it_was()
    {
        const string Text = "Content-Type: multipart/mixed; boundary=b\nSubject: =?utf-8?Q?x?=\nContent-Language: de\nX: y\n\npre\n--b\n\nt1\n--b\nContent-Type: text/html\n\n<b>\n--b--\nepilogue\n";

        Assert.Equal(Text, MessageText.Write(MessageText.Load(Text)));
    }

    [Fact]
    public void Parts_deeper_than_the_limit_stay_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(static depth => $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n")) + "\ndeep";

        var message = MessageText.Load(text, new ParserOptions { MaxMimeDepth = 10 });

        Assert.IsNotType<TextPart>(Assert.Single(message.BodyParts));
        Assert.Equal("deep", MessageText.Load(text).TextBody);
    }

    [Theory]
    [InlineData("multipart")]
    [InlineData("message")]
    public void Nesting_without_end_neither_fails_nor_overflows(string kind)
    {
        var text = new StringBuilder();
        for (var depth = 0; depth < 20_000; depth++)
        {
            text.Append(kind == "message" ? "Content-Type: message/rfc822\n\n" : $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
        }

        var message = MessageText.Load(text.ToString());

        Assert.NotEmpty(message.BodyParts);
        Assert.NotEmpty(MessageText.Write(message));
    }

    [Fact]
    public void Random_streams_are_read_or_refused_within_bounded_memory()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = RandomMessage(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Touch(MessageText.Load(bytes));
            }
            catch (FormatException)
            {
                // What the official package says of a stream that is no message.
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000 + (bytes.Length * 2000L));
        }
    }

    private static void Touch(MimeMessage message)
    {
        _ = (message.Subject, message.TextBody, message.HtmlBody, message.Date, message.MessageId, message.InReplyTo, message.References.Count, message.Sender);
        _ = message.From.Concat(message.To).Concat(message.Cc).Concat(message.ReplyTo).Select(address => address.ToString()).ToList();
        foreach (var part in message.BodyParts)
        {
            _ = (part.ContentId, part.IsAttachment, (part as MimePart)?.FileName, (part as TextPart)?.Text);
        }

        _ = MessageText.Write(message);
    }

    private static byte[] RandomMessage(Random random)
    {
        string[] pieces =
        [
            "Content-Type: ", "multipart/mixed; boundary=b", "text/plain; charset=", "message/rfc822", "Subject: ", "From: ", "To: ", "Date: ",
            "\n", "\r\n", "\n\n", "--b\n", "--b--\n", "=?utf-8?Q?", "=?b?B?", "?=", "\"", "<", ">", "(", ")", ",", ";", ":", "=", "=\n", "*0*=", "''%C3",
            "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "a@b", " ", "\t", "\0", "\xff", "text", "Group: ",
            "Content-Disposition: attachment; filename=", "References: ", "Message-ID: <", "1 Jun 2026 10:00:00 +9999",
        ];
        var text = new StringBuilder(random.Next(3) == 0 ? string.Empty : "A: b\n");
        for (var i = random.Next(60); i > 0; i--)
        {
            text.Append(random.Next(8) == 0 ? ((char)random.Next(256)).ToString() : pieces[random.Next(pieces.Length)]);
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
