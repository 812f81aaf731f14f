using System.Text;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>Makes byte strings that hit the seams of MIME: delimiters, breaks, folds, broken encodings.</summary>
internal sealed class RandomMessages(int seed)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n", "\r\n\r\n", "--", "--b", "\r\n--b\r\n", "\r\n--b--\r\n", "\r\n--c\r\n",
            "\r\n--c--\r\n", "\n--b\n", "--b \r\n", "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: multipart/alternative; boundary=\"c\"\r\n",
            "Content-Type: message/rfc822\r\n", "Content-Type: text/html; charset=utf-8\r\n", "Content-Type: text/plain\r\n\r\n",
            "Content-Type: application/octet-stream\r\n", "Content-Transfer-Encoding: base64\r\n\r\n", "Content-Transfer-Encoding: quoted-printable\r\n",
            "Content-Disposition: attachment; filename*=utf-8''a%20b\r\n", "Subject: =?utf-8?q?a=C3=A4?= =?utf-8?b?w6Q=?=\r\n", "From: \"a\" <a@b>, x: c@d;\r\n",
            "Delivered-To: x\r\n", "Return-Path: <y>\r\n", "Date: Mon, 6 May 2024 12:34:56 +0300\r\n", " folded", "\tfolded", ":", " ", "=", "=41", "=\r\n",
            "QUJD", "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\r\n", "QQ==", "<p>a<b>c</p>", "&amp;", "<!--", "text", "\u00e4",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xff], [0xa0], [0xc3], [0x80, 0x81],
    ];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var message = new List<byte>();
        for (var count = _random.Next(60); count > 0; count--)
        {
            if (_random.Next(20) == 0)
            {
                var noise = new byte[_random.Next(40)];
                _random.NextBytes(noise);
                message.AddRange(noise);
            }
            else
            {
                message.AddRange(Tokens[_random.Next(Tokens.Length)]);
            }
        }

        return [.. message];
    }

    public int NextChunkSize() => _random.Next(1, 12);
}
