using System.Buffers;

using Lmtp.Server.Mime.Charsets;

namespace Lmtp.Server.Mime;

/// <summary>Decodes a part that is shown as text: transfer encoding, charset, flowed lines.</summary>
internal static class InlineText
{
    private const string DefaultCharset = "windows-1257";

    /// <summary>Decodes the body of a part.</summary>
    /// <param name="node">The part.</param>
    /// <param name="content">Its body.</param>
    /// <param name="text">Receives the text.</param>
    public static void Decode(MimeNode node, ReadOnlySpan<byte> content, TextBuffer text)
    {
        switch (ContentKind.TransferEncoding(node))
        {
            case "base64":
                DecodeTransfer(node, content, LenientBase64.Decode, text);
                break;
            case "quoted-printable":
                DecodeTransfer(node, content, QuotedPrintable.Decode, text);
                break;
            default:
                DecodeCharset(node, content, text);
                break;
        }
    }

    private delegate int TransferDecoder(ReadOnlySpan<byte> content, Span<byte> decoded);

    private static void DecodeTransfer(MimeNode node, ReadOnlySpan<byte> content, TransferDecoder decode, TextBuffer text)
    {
        var decoded = ArrayPool<byte>.Shared.Rent(content.Length);
        DecodeCharset(node, decoded.AsSpan(0, decode(content, decoded)), text);
        ArrayPool<byte>.Shared.Return(decoded);
    }

    private static void DecodeCharset(MimeNode node, ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        var parameters = node.ContentType.Parameters;
        if (!parameters.TryGetText("charset", out var charset) || charset.IsEmpty)
        {
            charset = DefaultCharset;
        }

        if (!HasValue(parameters, "format", "flowed"))
        {
            DecodeCharset(bytes, charset, text);
            return;
        }

        using var flowed = new TextBuffer(bytes.Length);
        DecodeCharset(bytes, charset, flowed);
        FlowedText.Decode(flowed.Text, HasValue(parameters, "delsp", "yes"), text);
    }

    private static void DecodeCharset(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> charset, TextBuffer text)
    {
        if (IsUtf8(charset))
        {
            text.AppendUtf8(bytes);
        }
        else
        {
            Charset.Decode(bytes, charset, text);
        }
    }

    private static bool HasValue(ParameterList parameters, string name, string value) =>
        parameters.TryGetText(name, out var text) && Whitespace.Trim(Casing.ToLower(text)) == value;

    private static bool IsUtf8(ReadOnlySpan<char> charset)
    {
        // Capitals are dropped before the comparison, so that names in capitals go the way of all other charsets.
        Span<char> name = stackalloc char[8];
        var length = 0;
        foreach (var character in charset)
        {
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))
            {
                if (length == name.Length)
                {
                    return false;
                }

                name[length++] = character;
            }
        }

        return name[..length] is "ascii" or "usascii" or "utf8";
    }
}
