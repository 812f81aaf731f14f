using System.Globalization;
using System.Text;

namespace Lmtp.Server.Api.Probe;

/// <summary>Composes the test message. Its body is base64, so that any text survives any server.</summary>
internal static class ProbeMessage
{
    private const int EncodedWordBytes = 45;

    public static byte[] Compose(string from, IReadOnlyList<string> to, string subject, string body, DateTimeOffset now)
    {
        var message = new StringBuilder()
            .Append("From: <").Append(from.Length > 0 ? from : "probe@probe.invalid").Append(">\r\n")
            .Append("To: ").AppendJoin(",\r\n ", to.Select(address => $"<{address}>")).Append("\r\n")
            .Append("Subject: ").Append(Encode(subject)).Append("\r\n")
            .Append("Date: ").Append(now.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)).Append("+0000\r\n")
            .Append("Message-ID: <").Append(Guid.CreateVersion7(now).ToString("N")).Append("@probe.invalid>\r\n")
            .Append("MIME-Version: 1.0\r\n")
            .Append("Content-Type: text/plain; charset=utf-8\r\n")
            .Append("Content-Transfer-Encoding: base64\r\n")
            .Append("\r\n")
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(body), Base64FormattingOptions.InsertLineBreaks))
            .Append("\r\n.\r\n");
        return Encoding.UTF8.GetBytes(message.ToString());
    }

    /// <summary>Encoded words (RFC 2047) where the text is not plain ASCII of one line's length.</summary>
    private static string Encode(string text)
    {
        if (text.Length <= EncodedWordBytes && text.All(static c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        List<string> words = [];
        var word = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > EncodedWordBytes)
            {
                words.Add(Word(word.ToString()));
                word.Clear();
                bytes = 0;
            }

            word.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        words.Add(Word(word.ToString()));
        return string.Join("\r\n ", words);
    }

    private static string Word(string text) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
