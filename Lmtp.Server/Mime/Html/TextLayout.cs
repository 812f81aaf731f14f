using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>Changes every line of a finished block.</summary>
internal static class TextLayout
{
    /// <summary>Marks the lines as quoted; empty ones at both ends go.</summary>
    public static StringBuilder Quote(StringBuilder text)
    {
        var lines = text.ToString().AsSpan().Trim('\n');
        var quoted = new StringBuilder(lines.Length + 64).Append("> ");
        foreach (var character in lines)
        {
            quoted.Append(character);
            if (character == '\n')
            {
                quoted.Append("> ");
            }
        }

        return quoted;
    }

    /// <summary>Puts a prefix before the first line and as much space before the others.</summary>
    public static StringBuilder Indent(StringBuilder text, string prefix, int length)
    {
        var indented = new StringBuilder(text.Length + 64).Append(prefix).Append(' ', length - prefix.Length);
        foreach (var chunk in text.GetChunks())
        {
            foreach (var character in chunk.Span)
            {
                indented.Append(character);
                if (character == '\n')
                {
                    indented.Append(' ', length);
                }
            }
        }

        return indented;
    }
}
