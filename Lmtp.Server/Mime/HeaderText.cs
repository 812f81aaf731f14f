using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>The values of header fields as text.</summary>
internal static class HeaderText
{
    private const int MaxStackLength = 256;

    /// <summary>The bytes read as UTF-8; what makes no sense becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxStackLength)
        {
            return Encoding.UTF8.GetString(value);
        }

        Span<char> text = stackalloc char[MaxStackLength];
        return KnownTexts.Get(text[..Encoding.UTF8.GetChars(value, text)]);
    }

    /// <summary>Replaces every run of white space that holds a LF by one space.</summary>
    public static string Unfold(string text)
    {
        var lineFeed = text.IndexOf('\n', StringComparison.Ordinal);
        if (lineFeed < 0)
        {
            return text;
        }

        var unfolded = new StringBuilder(text.Length);
        var copied = 0;
        while (lineFeed >= 0)
        {
            var end = lineFeed;
            while (end > copied && Whitespace.Is(text[end - 1]))
            {
                end--;
            }

            unfolded.Append(text, copied, end - copied).Append(' ');
            copied = lineFeed + 1;
            while (copied < text.Length && Whitespace.Is(text[copied]))
            {
                copied++;
            }

            lineFeed = text.IndexOf('\n', copied);
        }

        return unfolded.Append(text, copied, text.Length - copied).ToString();
    }
}
