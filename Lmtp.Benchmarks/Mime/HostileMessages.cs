using System.Globalization;
using System.Text;

namespace Lmtp.Benchmarks.Mime;

/// <summary>Messages made to cost more than others of their size, and harmless ones to compare them with.</summary>
internal static class HostileMessages
{
    private const string Multipart = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    private const string Html = "Content-Type: text/html; charset=utf-8\r\n\r\n";
    private const string Text = "Content-Type: text/plain; charset=utf-8\r\n\r\n";

    /// <summary>
    /// The sizes to try in bytes, the largest first: the header is not looked at any more in some of the large ones, which
    /// no document can hold.
    /// </summary>
    public static IReadOnlyList<int> Sizes { get; } = [25_000_000, 14_000_000, 7_500_000, 5_000_000, 1_500_000];

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
        ("nested attachments, all ended", NestedAttachmentsEnded),
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
        ("LF behind a letter", static size => Fill(Text, "a\n", size)),
        ("LF in an attachment", static size => Fill("Content-Type: application/zip\r\n\r\n", "a\n", size)),
        ("LF in base64", static size => Fill("Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n", "QUJD\n", size)),
        ("CR behind a letter", static size => Fill(Text, "a\r", size)),
        ("two CR behind a letter", static size => Fill(Text, "a\r\r", size)),
        ("all kinds of breaks", static size => Fill(Text, "a\r\r\nb\nc\rd\r\n\n\r\r", size)),
        ("CR only", static size => Fill(Text, "\r", size)),
        ("CR before LF", static size => Fill(Text, "\r\r\n", size)),
        ("hyphens", static size => Fill(Multipart, "-\n", size)),
        ("two hyphens", static size => Fill(Multipart, "--\n", size)),
        ("look-alikes of its length", static size => Fill("Content-Type: multipart/mixed; boundary=ab\r\n\r\n", "--ac\n", size)),
        ("broken base64", static size => Fill("Content-Transfer-Encoding: base64\r\n\r\n", "Q=*Q\r\n", size)),
        ("broken base64 attachment", static size => Fill("Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n", "Q=*Q\r\n", size)),
        ("short lines of base64", static size => Fill("Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n", "QUJD\r\n", size)),
        ("equals signs", static size => Fill("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=", size)),
        ("8-bit quoted-printable", static size => Fill("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "=\u00ff", size)),
        ("encoded words", static size => Fill("Subject: ", "=?utf-8?q?a?= ", size)),
        ("encoded words of two charsets", static size => Fill("Subject: ", "=?utf-8?q?a?= =?latin1?b?YQ==?= ", size)),
        ("begun encoded words", static size => Fill("Subject: ", "=?utf-8?q?a ", size)),
        ("begun charsets", static size => Fill("Subject: ", "=?", size)),
        ("encoded words of many charsets", static size => Count("Subject: ", "=?x{0}?q?a?= ", size)),
        ("encoded words in base64", static size => Fill("Subject: ", "=?utf-8?b?YQ==?= ", size)),
        ("encoded words in a field each", static size => Fill("", "Subject: =?utf-8?q?a?=\r\n", size)),
        ("encoded words in parameters", static size => Count("Content-Type: text/plain", "; p{0}==?latin1?q?a?=", size)),
        ("encoded words in addresses", static size => Fill("To: ", "=?latin1?q?a?= <a@b>, ", size)),
        ("reply prefixes", static size => Fill("Subject: ", "re: [x] ", size)),
        ("forward marks", static size => Fill("Subject: [x ", "(fwd)", size)),
        ("addresses", static size => Fill("To: ", "a@b, ", size)),
        ("addresses in a field each", static size => Fill("", "To: a@b\r\n", size)),
        ("addresses in all fields", static size => Six("a@b,", size)),
        ("names in all fields", static size => Six("a,", size)),
        ("addresses with names", static size => Fill("To: ", "a <a@b>,", size)),
        ("names before an address", static size => Fill("To: ", "a,", size, "x <x@y>\r\n\r\n")),
        ("commas", static size => Fill("To: ", ",", size)),
        ("commas and spaces", static size => Fill("To: ", ", \t", size)),
        ("empty brackets", static size => Fill("To: ", "<>,", size)),
        ("groups", static size => Fill("To: ", "a:;", size)),
        ("nested comments", static size => Fill("To: ", "(a(b)", size)),
        ("closed comments", static size => Fill("To: ", "(a)", size)),
        ("folds in addresses", static size => Fill("To: ", "a@b,\r\n ", size)),
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
        ("two continued parameters", static size => Fill("Content-Type: text/plain", "; p*1=x; p*0=y", size)),
        ("many continued parameters", static size => Count("Content-Type: text/plain", ";a{0}*=x", size)),
        ("continued parameters backwards", static size => Backwards("Content-Type: text/plain", ";a*{0}", size)),
        ("one parameter", static size => Fill("Content-Type: text/plain", ";a", size)),
        ("semicolons", static size => Fill("Content-Type: text/plain", ";", size)),
        ("parameters of a part", static size => Fill(Multipart + "--b\r\nContent-Disposition: attachment", ";a=b;c", size)),
        ("date", static size => Fill("Date: ", "Mon ", size)),
        ("parentheses in a date", static size => Fill("Date: ", "((1)", size)),
        ("numbers of a date", static size => Fill("Date: ", "1 ", size)),
        ("dates", static size => Fill("", "Date: Mon, 1 Jan 2024 00:00:00 +0000\r\n", size)),
        ("languages", static size => Fill("Content-Language: ", "a,", size)),
        ("message ids", static size => Fill("Message-Id: ", "<a@b>", size)),
        ("list id", static size => Fill("List-Id: ", "<>", size)),
        ("bytes beyond ASCII", static size => Fill("Subject: ", "\u00ff", size)),
        ("bytes beyond ASCII in a name", static size => Fill("To: ", "\u00ff@b,", size)),
        ("NUL in a header", static size => Fill("Subject: ", "\0", size)),
        ("NUL in a body", static size => Fill(Text, "\0", size)),
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
        var unit = Encoding.Latin1.GetBytes(repeated);
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

    /// <summary>Like <see cref="Count"/>, with the numbers going down.</summary>
    private static byte[] Backwards(string beginning, string repeated, int size)
    {
        var format = CompositeFormat.Parse(repeated);
        var message = new StringBuilder(beginning, size + repeated.Length);
        for (var number = 9_999_999; message.Length < size; number--)
        {
            message.AppendFormat(CultureInfo.InvariantCulture, format, number);
        }

        return Encoding.ASCII.GetBytes(message.ToString());
    }

    /// <summary>The same in each field that holds addresses.</summary>
    private static byte[] Six(string repeated, int size) =>
        [.. "From Sender Reply-To To Cc Bcc".Split(' ').SelectMany(name => Fill(name + ": ", repeated, size / 6, "\r\n"))];

    /// <summary>Messages in messages, each a multipart of its own.</summary>
    private static string Nested() => string.Concat(Enumerable.Range(0, 30).Select(static level =>
        string.Create(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\nContent-Type: message/rfc822\r\n\r\n")));

    /// <summary>An attachment in as many messages as may be, each of which is an attachment too.</summary>
    private static byte[] NestedAttachments(int size) =>
        Fill(Nested() + "Content-Type: application/zip\r\n\r\n", new string('x', 76) + "\r\n", size);

    /// <summary>The same, each of them ended, so that each is stored.</summary>
    private static byte[] NestedAttachmentsEnded(int size)
    {
        var end = string.Concat(Enumerable.Range(0, 30).Reverse().Select(static level =>
            string.Create(CultureInfo.InvariantCulture, $"\r\n--b{level}--\r\n")));
        return Fill(Nested() + "Content-Type: application/zip\r\n\r\n", new string('x', 76) + "\r\n", size, end);
    }

    private static byte[] LinksToParts(int size)
    {
        var half = Count(Multipart, "--b\r\nContent-Type: image/png\r\nContent-Id: <{0}>\r\n\r\nx\r\n", size / 2);
        return [.. half, .. Count("--b\r\n" + Html, "<img src=\"cid:{0}\">", size / 2)];
    }
}
