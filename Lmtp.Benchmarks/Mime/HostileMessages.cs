using System.Globalization;
using System.Text;

namespace Lmtp.Benchmarks.Mime;

/// <summary>Messages made to cost more than others of their size, and harmless ones to compare them with.</summary>
internal static class HostileMessages
{
    private const string Multipart = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    private const string Html = "Content-Type: text/html; charset=utf-8\r\n\r\n";
    private const string Text = "Content-Type: text/plain; charset=utf-8\r\n\r\n";

    /// <summary>Harmless messages of about a given number of bytes.</summary>
    public static IReadOnlyList<(string Name, Func<int, byte[]> Create)> Benign { get; } =
    [
        ("attachment", static size => Fill("Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n", new string('Q', 76) + "\r\n", size)),
        ("plain text", static size => Fill(Text, "The quick brown fox jumps over the lazy dog, and then it does so once again.\r\n", size)),
        ("HTML", static size => Fill(Html, "<p>The quick brown fox <b>jumps</b> over the <a href=\"https://example.com/\">lazy dog</a>.</p>\r\n", size)),
    ];

    /// <summary>Hostile messages of about a given number of bytes.</summary>
    public static IReadOnlyList<(string Name, Func<int, byte[]> Create)> All { get; } =
    [
        ("nested multiparts", static size => Count("", "Content-Type: multipart/mixed; boundary=b{0}\r\n\r\n--b{0}\r\n", size)),
        ("nested messages", static size => Fill("", "Content-Type: message/rfc822\r\n\r\n", size)),
        ("nested attachments", NestedAttachments),
        ("delimiters in nested messages", static size => Fill(Nested(), "--b3\r\n", size)),
        ("look-alikes in nested messages", static size => Fill(Nested(), "--c3\r\n", size)),
        ("look-alikes", static size => Fill(Multipart + "--b\r\n\r\n", "--bb\r\n", size)),
        ("long look-alikes", static size => Fill("Content-Type: multipart/mixed; boundary=" + new string('b', 900) + "\r\n\r\n", "--" + new string('b', 899) + "x\r\n", size)),
        ("empty parts", static size => Fill(Multipart, "--b\r\n", size)),
        ("small parts", static size => Fill(Multipart, "--b\r\n\r\nx\r\n", size)),
        ("small attachments", static size => Fill(Multipart, "--b\r\nContent-Type: a/b\r\n\r\nx\r\n", size)),
        ("small HTML parts", static size => Fill(Multipart, "--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n", size)),
        ("equal headers", static size => Fill("", "X: y\r\n", size)),
        ("different headers", static size => Count("", "X-{0}: y\r\n", size)),
        ("one header line", static size => Fill("Subject: ", "a b ", size)),
        ("one folded header", static size => Fill("Subject:", " a\r\n", size)),
        ("one body line", static size => Fill(Text, "a b ", size)),
        ("LF only", static size => Fill(Text, "\n", size)),
        ("CR only", static size => Fill(Text, "\r", size)),
        ("CR before LF", static size => Fill(Text, "\r\r\n", size)),
        ("hyphens", static size => Fill(Multipart, "-\n", size)),
        ("encoded words", static size => Fill("Subject: ", "=?utf-8?q?a?= ", size)),
        ("encoded words of two charsets", static size => Fill("Subject: ", "=?utf-8?q?a?= =?latin1?b?YQ==?= ", size)),
        ("begun encoded words", static size => Fill("Subject: ", "=?utf-8?q?a ", size)),
        ("begun charsets", static size => Fill("Subject: ", "=?", size)),
        ("reply prefixes", static size => Fill("Subject: ", "re: [x] ", size)),
        ("forward marks", static size => Fill("Subject: [x ", "(fwd)", size)),
        ("addresses", static size => Fill("To: ", "a@b, ", size)),
        ("words of a name", static size => Fill("To: ", "a b.c ", size)),
        ("names without address", static size => Fill("To: x@y, ", "a, ", size) ),
        ("comments", static size => Fill("To: ", "(", size)),
        ("glued quotes", static size => Fill("To: ", "\"a\"b", size)),
        ("brackets", static size => Fill("To: ", "<a@b c>", size)),
        ("backslashes", static size => Fill("To: \"", "\\", size)),
        ("groups in groups", static size => Fill("To: ", "a:", size)),
        ("ats", static size => Fill("To: ", "a@b@", size)),
        ("punycode", static size => Fill("From: <a@xn--", "a9", size, ">")),
        ("parameters", static size => Count("Content-Type: text/plain", "; p{0}=x", size)),
        ("continued parameters", static size => Count("Content-Type: text/plain", "; p*{0}=x", size)),
        ("date", static size => Fill("Date: ", "Mon ", size)),
        ("parentheses in a date", static size => Fill("Date: ", "((1)", size)),
        ("references", static size => Count("References:", " <{0}@x>", size)),
        ("open elements", static size => Fill(Html, "<div>", size)),
        ("open links", static size => Fill(Html, "<a href=x>", size)),
        ("open quotes", static size => Fill(Html, "<blockquote>x\n", size)),
        ("open lists", static size => Fill(Html, "<ol><li>x", size)),
        ("open tags", static size => Fill(Html, "<", size)),
        ("open attributes", static size => Fill(Html, "<a b='", size)),
        ("open comments", static size => Fill(Html, "<!--", size)),
        ("open scripts", static size => Fill(Html, "<script>", size)),
        ("unknown elements", static size => Count(Html, "<x{0}>", size)),
        ("end tags", static size => Fill(Html, "</p>", size)),
        ("references in HTML", static size => Fill(Html, "&amp", size)),
        ("ampersands", static size => Fill(Html, "&", size)),
        ("pieces of a word", static size => Fill(Html, "a<b>", size)),
        ("line breaks", static size => Fill(Html, "<br>", size)),
        ("soft breaks", static size => Fill("Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", "=\r\n", size)),
        ("flowed lines", static size => Fill("Content-Type: text/plain; format=flowed\r\n\r\n", "a \r\n", size)),
        ("characters to encode", static size => Fill(Text, "\"", size)),
        ("links to parts", LinksToParts),
    ];

    /// <summary>Text between a beginning and an end, repeated up to a size.</summary>
    private static byte[] Fill(string beginning, string repeated, int size, string end = "")
    {
        var unit = Encoding.ASCII.GetBytes(repeated);
        var message = new byte[size];
        var position = Encoding.ASCII.GetBytes(beginning, message);
        while (position < size)
        {
            var length = Math.Min(unit.Length, size - position);
            unit.AsSpan(0, length).CopyTo(message.AsSpan(position));
            position += length;
        }

        Encoding.ASCII.GetBytes(end, message.AsSpan(size - end.Length));
        return message;
    }

    /// <summary>Like <see cref="Fill"/>, with the number of the repetition in each.</summary>
    private static byte[] Count(string beginning, string repeated, int size)
    {
        var format = CompositeFormat.Parse(repeated);
        var message = new StringBuilder(beginning, size + repeated.Length);
        for (var number = 0; message.Length < size; number++)
        {
            message.AppendFormat(CultureInfo.InvariantCulture, format, number);
        }

        return Encoding.ASCII.GetBytes(message.ToString());
    }

    /// <summary>Messages in messages, each a multipart of its own.</summary>
    private static string Nested() => string.Concat(Enumerable.Range(0, 30).Select(static level =>
        string.Create(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\nContent-Type: message/rfc822\r\n\r\n")));

    /// <summary>An attachment in as many messages as may be, each of which is an attachment too.</summary>
    private static byte[] NestedAttachments(int size) =>
        Fill(Nested() + "Content-Type: application/zip\r\n\r\n", new string('x', 76) + "\r\n", size);

    private static byte[] LinksToParts(int size)
    {
        var half = Count(Multipart, "--b\r\nContent-Type: image/png\r\nContent-Id: <{0}>\r\n\r\nx\r\n", size / 2);
        return [.. half, .. Count("--b\r\n" + Html, "<img src=\"cid:{0}\">", size / 2)];
    }
}
