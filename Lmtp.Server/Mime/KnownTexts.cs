using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Words that nearly every message has: one string serves them all.</summary>
internal static class KnownTexts
{
    private const int MaxLength = 32;
    private const int MaxRecent = 256;

    private static readonly FrozenSet<string> Words = FrozenSet.Create(
        StringComparer.Ordinal,
        "",

        // Header fields.
        "arc-authentication-results", "arc-message-signature", "arc-seal", "authentication-results", "auto-submitted", "bcc", "cc",
        "content-description", "content-disposition", "content-id", "content-language", "content-location", "content-md5",
        "content-transfer-encoding", "content-type", "date", "delivered-to", "dkim-signature", "errors-to", "feedback-id", "from",
        "importance", "in-reply-to", "list-archive", "list-help", "list-id", "list-owner", "list-post", "list-subscribe",
        "list-unsubscribe", "list-unsubscribe-post", "message-id", "mime-version", "organization", "precedence", "received",
        "received-spf", "references", "reply-to", "return-path", "sender", "subject", "thread-index", "thread-topic", "to", "user-agent",
        "x-mailer", "x-original-to", "x-originating-ip", "x-priority", "x-received", "x-spam-flag", "x-spam-level", "x-spam-score",
        "x-spam-status",

        // Media types, their halves, and their parameters.
        "text/plain", "text/html", "text/calendar", "multipart/mixed", "multipart/alternative", "multipart/related", "multipart/report",
        "multipart/signed", "message/rfc822", "message/delivery-status", "application/octet-stream", "application/pdf",
        "application/pgp-signature", "application/zip", "image/png", "image/jpeg", "image/gif", "text", "plain", "html", "calendar",
        "multipart", "mixed", "alternative", "related", "report", "signed", "message", "rfc822", "delivery-status", "application",
        "octet-stream", "pdf", "zip", "image", "png", "jpeg", "gif", "audio", "video", "boundary", "charset", "name", "filename", "format",
        "delsp", "type", "protocol", "micalg", "report-type", "size", "creation-date", "modification-date", "start", "method", "attachment",
        "inline", "flowed", "fixed", "yes", "no", "x-unix-mode",

        // Charsets and encodings.
        "utf-8", "UTF-8", "us-ascii", "US-ASCII", "iso-8859-1", "ISO-8859-1", "iso-8859-15", "ISO-8859-15", "iso-8859-2", "windows-1252",
        "Windows-1252", "windows-1251", "koi8-r", "gb2312", "GB2312", "gbk", "big5", "iso-2022-jp", "ISO-2022-JP", "euc-kr", "shift_jis",
        "7bit", "8bit", "binary", "base64", "quoted-printable", "1.0", "TEXT", "PLAIN", "HTML", "MULTIPART", "MIXED", "ALTERNATIVE",
        "RELATED", "APPLICATION", "OCTET-STREAM", "PDF", "IMAGE", "PNG", "JPEG", "MESSAGE", "RFC822", "CHARSET", "BOUNDARY", "NAME",
        "FILENAME", "FORMAT", "7BIT", "8BIT", "BINARY", "BASE64", "QUOTED-PRINTABLE", "ATTACHMENT", "INLINE");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Words.GetAlternateLookup<ReadOnlySpan<char>>();

    [ThreadStatic]
    private static string[]? _recent;

    /// <summary>Whether it is a known one.</summary>
    public static bool IsKnown(string text) => Words.Contains(text);

    /// <summary>Whether the lower case of an ASCII text is a known one.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> text)
    {
        Span<char> lower = stackalloc char[MaxLength];
        return text.Length <= MaxLength
            && Ascii.ToLower(text, lower, out var length) == OperationStatus.Done
            && Lookup.Contains(lower[..length]);
    }

    /// <summary>The text as a string, which is a shared one if the text is known or came lately.</summary>
    public static string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return text.ToString();
        }

        if (Lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        // What is new comes again in the parts of one message and in one message after the other.
        var recent = _recent ??= new string[MaxRecent];
        ref var slot = ref recent[((text[0] * 31) + (text[^1] * 7) + (text[text.Length / 2] * 17) + text.Length) % MaxRecent];
        return slot is not null && text.SequenceEqual(slot) ? slot : slot = text.ToString();
    }
}
