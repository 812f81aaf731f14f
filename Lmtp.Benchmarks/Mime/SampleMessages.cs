using System.Globalization;
using System.Text;

namespace Lmtp.Benchmarks.Mime;

/// <summary>The messages that the indexer is measured with.</summary>
internal static class SampleMessages
{
    private const string Header =
        "Received: from relay.example.net (relay.example.net [192.0.2.7]) by mx.example.com with ESMTPS id 4Vx1; Mon, 6 May 2024 12:34:56 +0300\r\n"
        + "Date: Mon, 06 May 2024 12:34:56 +0300\r\nFrom: =?utf-8?q?J=C3=BCrgen_Example?= <juergen@example.net>\r\n"
        + "To: \"Bob, the receiver\" <bob@example.com>\r\nSubject: =?utf-8?b?R3LDvMOfZSBhdXMgQmVybGlu?=\r\n"
        + "Message-ID: <8d3c2f7e@example.net>\r\nReferences: <1@example.net>\r\n <2@example.net>\r\nMIME-Version: 1.0\r\n";

    private const string Line = "The quick brown fox jumps over the lazy dog, and then it does so once again.\r\n";

    /// <summary>All samples by name.</summary>
    public static IReadOnlyList<(string Name, Func<byte[]> Create)> All { get; } =
    [
        ("plain 2 kB", Plain),
        ("multipart 30 kB", Multipart),
        ("attachment 5 MB", LargeAttachment),
        ("10,000 parts", ManyParts),
        ("false delimiters", FalseDelimiters),
        ("100,000 headers", ManyHeaderLines),
    ];

    /// <summary>A plain message of about 2 kB.</summary>
    public static byte[] Plain() =>
        Encoding.ASCII.GetBytes(Header + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + Repeat(Line, 18));

    /// <summary>Text, HTML and a small attachment, about 30 kB together.</summary>
    public static byte[] Multipart() => Encoding.ASCII.GetBytes(
        Header + "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n"
        + "--inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + Repeat(Line, 40)
        + "\r\n--inner\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body>"
        + Repeat("<p class=3D\"x\">The <b>quick</b> brown fox <a href=3D\"https://example.com/?a=3D1&amp;b=3D2\">jumps</a>.</p>\r\n", 90)
        + "</body></html>\r\n--inner--\r\n--outer\r\n" + Attachment("report.pdf", 13 * 1024) + "\r\n--outer--\r\n");

    /// <summary>A message with an attachment of 5 MB as sent.</summary>
    public static byte[] LargeAttachment() => Encoding.ASCII.GetBytes(
        Header + "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\nContent-Type: text/plain\r\n\r\nSee attachment.\r\n--outer\r\n"
        + Attachment("video.mp4", 5_000_000 / 78 * 57) + "\r\n--outer--\r\n");

    /// <summary>10,000 parts with a line each.</summary>
    public static byte[] ManyParts() => Encoding.ASCII.GetBytes(
        Header + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + string.Concat(Enumerable.Range(0, 10_000).Select(static part =>
            string.Create(CultureInfo.InvariantCulture, $"--b\r\nContent-Type: application/x-part; number={part}\r\n\r\npart {part}\r\n")))
        + "--b--\r\n");

    /// <summary>5 MB of lines that all look like delimiters.</summary>
    public static byte[] FalseDelimiters() => Encoding.ASCII.GetBytes(
        Header + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n" + Repeat("--bb\r\n", 5_000_000 / 6));

    /// <summary>100,000 header lines.</summary>
    public static byte[] ManyHeaderLines() => Encoding.ASCII.GetBytes(Header + Repeat("X-Line: value\r\n", 100_000) + "\r\ntext\r\n");

    private static string Attachment(string name, int length)
    {
        var bytes = new byte[length];
        new Random(42).NextBytes(bytes);
        return $"Content-Type: application/octet-stream; name={name}\r\nContent-Disposition: attachment; filename={name}\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + string.Join("\r\n", Convert.ToBase64String(bytes).Chunk(76).Select(static line => new string(line)));
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
