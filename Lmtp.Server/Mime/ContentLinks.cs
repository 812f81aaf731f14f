using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Turns <c>cid:</c> links to parts of the message into <c>attachment:</c> links.</summary>
internal static class ContentLinks
{
    private const string Scheme = "cid:";

    /// <summary>Replaces the links whose content id is known.</summary>
    /// <param name="text">Text or HTML.</param>
    /// <param name="attachments">Attachment numbers by content id without brackets.</param>
    public static string Replace(string text, Dictionary<string, string> attachments)
    {
        var link = attachments.Count == 0 ? -1 : text.IndexOf(Scheme, StringComparison.Ordinal);
        if (link < 0)
        {
            return text;
        }

        var replaced = new StringBuilder(text.Length);
        var copied = 0;
        while (link >= 0)
        {
            var id = link + Scheme.Length;
            var end = EndOfId(text, id);
            if (end == id || (link > 0 && IsWord(text[link - 1])))
            {
                link = text.IndexOf(Scheme, link + 1, StringComparison.Ordinal);
                continue;
            }

            if (attachments.TryGetValue(text[id..end], out var attachment))
            {
                replaced.Append(text, copied, link - copied).Append("attachment:").Append(attachment);
                copied = end;
            }

            link = text.IndexOf(Scheme, end, StringComparison.Ordinal);
        }

        return replaced.Append(text, copied, text.Length - copied).ToString();
    }

    private static int EndOfId(string text, int start)
    {
        while (start < text.Length && text[start] is not ('"' or '\'') && !Whitespace.Is(text[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
