using System.Text;

using Lmtp.Server.Mime.Charsets;

namespace Lmtp.Server.Mime;

/// <summary>Decodes a part that is shown as text: transfer encoding, charset, flowed lines.</summary>
internal static class InlineText
{
    private const string DefaultCharset = "windows-1257";

    /// <summary>Decodes <see cref="MimeNode.Content"/>.</summary>
    public static string Decode(MimeNode node)
    {
        var bytes = ContentKind.TransferEncoding(node) switch
        {
            "base64" => LenientBase64.Decode(node.Content),
            "quoted-printable" => QuotedPrintable.Decode(node.Content),
            _ => node.Content,
        };

        var parameters = node.ContentType.Parameters;
        if (!parameters.TryGetValue("charset", out var charset) || charset.Length == 0)
        {
            charset = DefaultCharset;
        }

        var isFlowed = HasValue(parameters, "format", "flowed");
        if (!IsUtf8(charset))
        {
            var text = Charset.Decode(bytes, charset);
            return isFlowed ? Unfold(text, parameters) : text;
        }

        // Around plain text nobody needs them, and without them nothing has to be copied later on.
        return isFlowed ? Unfold(Encoding.UTF8.GetString(bytes), parameters)
            : node.ContentType.Value == "text/plain" ? Encoding.UTF8.GetString(bytes.AsSpan().Trim(" \r\n"u8))
            : Encoding.UTF8.GetString(bytes);
    }

    private static string Unfold(string text, ParameterList parameters) =>
        FlowedText.Decode(text, HasValue(parameters, "delsp", "yes"));

    private static bool HasValue(ParameterList parameters, string name, string value) =>
        parameters.TryGetValue(name, out var text) && Whitespace.Trim(Casing.ToLower(text)) == value;

    private static bool IsUtf8(string charset)
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
