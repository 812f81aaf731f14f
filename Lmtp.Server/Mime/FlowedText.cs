using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Unfolds format=flowed text (RFC 3676).</summary>
internal static class FlowedText
{
    /// <summary>Joins the soft-broken lines and removes the space stuffing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="deleteSpace">Whether the space of a soft break is removed (delsp=yes).</param>
    public static string Decode(string text, bool deleteSpace)
    {
        var result = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        var isFirst = true;
        var more = true;
        var flowing = false;
        while (more)
        {
            var lineFeed = rest.IndexOf('\n');
            more = lineFeed >= 0;
            var line = more ? rest[..lineFeed] : rest;
            rest = more ? rest[(lineFeed + 1)..] : [];
            if (more && line.EndsWith('\r'))
            {
                line = line[..^1];
            }

            if (flowing)
            {
                if (deleteSpace)
                {
                    result.Length--;
                }
            }
            else if (!isFirst)
            {
                result.Append('\n');
            }

            result.Append(line);
            isFirst = false;
            flowing = EndsSoftly(result);
        }

        // An empty last line leaves no break behind.
        if (result.Length > 0 && result[^1] == '\n')
        {
            result.Length--;
        }

        return Unstuff(result.ToString());
    }

    /// <summary>A line that ends in a space goes on, but the signature mark does not.</summary>
    private static bool EndsSoftly(StringBuilder text)
    {
        var length = text.Length;
        if (length == 0 || text[length - 1] != ' ')
        {
            return false;
        }

        var isSignature = length >= 3 && text[length - 2] == '-' && text[length - 3] == '-' && (length == 3 || text[length - 4] == '\n');
        return !isSignature;
    }

    private static string Unstuff(string text)
    {
        var result = new StringBuilder(text.Length);
        var atLineStart = true;
        foreach (var character in text)
        {
            if (!atLineStart || character != ' ')
            {
                result.Append(character);
            }

            atLineStart = character is '\n' or '\r' or '\u2028' or '\u2029';
        }

        return result.ToString();
    }
}
