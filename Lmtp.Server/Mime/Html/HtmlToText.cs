namespace Lmtp.Server.Mime.Html;

/// <summary>
/// Makes plain text of HTML for previews and searches: lines of 80 characters, links in brackets, lists with bullets.
/// </summary>
internal static class HtmlToText
{
    // Longer input is cut without a word.
    private const int MaxInput = 1 << 24;

    /// <summary>Converts HTML.</summary>
    /// <returns>The text, or null for mark-up so deep or inflating that the conversion is given up.</returns>
    public static string? Convert(string html)
    {
        var document = HtmlDocument.Parse(html.Length > MaxInput ? html[..MaxInput] : html);
        var writer = new TextWriter(document, html.Length);
        var bodies = Bodies(document.Nodes);
        if (bodies.Count == 0)
        {
            return writer.TryWrite(0, document.Nodes.Count) ? writer.ToString() : null;
        }

        foreach (var body in bodies)
        {
            if (!writer.TryWrite(body, document.Nodes[body].End))
            {
                return null;
            }
        }

        return writer.ToString();
    }

    /// <summary>The outermost body elements; there may be several.</summary>
    private static List<int> Bodies(IReadOnlyList<HtmlNode> nodes)
    {
        var bodies = new List<int>();
        for (var index = 0; index < nodes.Count; index++)
        {
            if (nodes[index] is { Kind: HtmlNodeKind.Hidden })
            {
                index = nodes[index].End - 1;
            }
            else if (nodes[index].Tag == HtmlTag.Body)
            {
                bodies.Add(index);
                index = nodes[index].End - 1;
            }
        }

        return bodies;
    }
}
