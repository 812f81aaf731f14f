namespace Lmtp.Server.Mime;

/// <summary>What becomes of the body of a node.</summary>
internal static class ContentKind
{
    /// <summary>The media type in lower case; application/octet-stream when the header is there but empty.</summary>
    public static string MediaType(MimeNode node)
    {
        var value = node.ContentType.Value;
        return value.Length == 0 ? "application/octet-stream" : Whitespace.Trim(Casing.ToLower(value.AsSpan()));
    }

    /// <summary>Content-Disposition in lower case, or null.</summary>
    public static string? Disposition(MimeNode node)
    {
        var value = node.ContentDisposition is { } disposition ? Whitespace.Trim(Casing.ToLower(disposition.Value.AsSpan())) : "";
        return value.Length == 0 ? null : value;
    }

    /// <summary>Content-Transfer-Encoding in lower case; 7bit when there is none.</summary>
    public static string TransferEncoding(MimeNode node)
    {
        var value = node.ContentTransferEncoding;
        return value.Length == 0 ? "7bit" : Whitespace.Trim(Casing.ToLower(value.AsSpan()));
    }

    /// <summary>Content-ID without angle brackets; empty when there is none.</summary>
    public static string ContentId(MimeNode node)
    {
        using var value = new ScratchText();
        node.AppendLast("content-id", value.Buffer);
        return value.Buffer.Length == 0
            ? ""
            : Whitespace.Trim(value.Buffer.ToString().Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal));
    }

    public static bool IsBase64(MimeNode node) => TransferEncoding(node) == "base64";

    public static bool IsMultipart(string mediaType) =>
        mediaType.AsSpan().StartsWith("multipart", StringComparison.Ordinal)
        && (mediaType.Length == "multipart".Length || mediaType["multipart".Length] == '/');

    /// <summary>Text that is shown with the message and, unless very large, stays in its document.</summary>
    public static bool IsInlineText(MimeNode node) =>
        MediaType(node) is "text/plain" or "text/html" or "text/rfc822-headers" or "message/delivery-status"
        && Disposition(node) is null or "inline";

    /// <summary>Whether the body goes to attachment storage whatever its size.</summary>
    public static bool IsAttachment(MimeNode node) => !IsMultipart(MediaType(node)) && !IsInlineText(node);
}
