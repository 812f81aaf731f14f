using System.Net;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Makes plain text of HTML.</summary>
internal static class HtmlToText
{
    public static string Convert(string html)
    {
        var text = new StringBuilder(html.Length);
        var inTag = false;
        foreach (var character in html)
        {
            if (character is '<' or '>')
            {
                inTag = character == '<';
                text.Append(' ');
            }
            else if (!inTag)
            {
                text.Append(character);
            }
        }

        return WebUtility.HtmlDecode(text.ToString());
    }
}
