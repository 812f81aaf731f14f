using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Lmtp.Admin.Mail;

/// <summary>
/// Rebuilds the HTML of a mail from what is known to be harmless: elements, attributes and style properties that are
/// not on the lists do not get through, and nothing that is left makes a browser fetch or run anything.
/// </summary>
internal static class MailHtmlSanitizer
{
    private const int MaxDepth = 256;

    private static readonly FrozenSet<string> Elements = new[]
    {
        "a", "abbr", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
        "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp",
        "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt",
        "u", "ul", "var", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>These go with everything inside; of other unknown elements the inside stays.</summary>
    private static readonly FrozenSet<string> WithContent = new[]
    {
        "applet", "audio", "base", "canvas", "embed", "form", "frame", "frameset", "head", "iframe", "input", "link", "math", "meta",
        "noembed", "noframes", "noscript", "object", "option", "param", "plaintext", "script", "select", "source", "style", "svg",
        "template", "textarea", "title", "track", "video", "xmp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Attributes = new[]
    {
        "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "cols", "colspan", "dir", "face", "height", "lang",
        "rowspan", "size", "start", "title", "type", "valign", "width",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] LinkSchemes = ["http:", "https:", "mailto:", "tel:"];
    private static readonly string[] DataImages =
        ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    /// <summary>The harmless rest of some HTML.</summary>
    /// <param name="html">A whole document or a piece of one.</param>
    /// <param name="images">The images that came with it, as <c>data:</c> addresses by their names; null for none.</param>
    public static string Sanitize(string html, IReadOnlyDictionary<string, string>? images = null)
    {
        var source = new HtmlParser().ParseDocument(html);
        var target = new HtmlParser().ParseDocument(string.Empty);
        if (source.Body is not null)
        {
            Copy(source.Body, target.Body!, images, depth: 0);
        }

        return target.Body!.InnerHtml;
    }

    private static void Copy(INode from, IElement to, IReadOnlyDictionary<string, string>? images, int depth)
    {
        foreach (var node in from.ChildNodes)
        {
            if (node is IText text)
            {
                to.AppendChild(to.Owner!.CreateTextNode(text.Data));
            }
            else if (node is IElement element && depth < MaxDepth && !WithContent.Contains(element.LocalName))
            {
                Copy(element, CopyElement(element, to, images) ?? to, images, depth + 1);
            }
        }
    }

    private static IElement? CopyElement(IElement element, IElement to, IReadOnlyDictionary<string, string>? images)
    {
        if (!Elements.Contains(element.LocalName) || element.NamespaceUri != to.NamespaceUri)
        {
            return null;
        }

        var copy = to.Owner!.CreateElement(element.LocalName);
        foreach (var attribute in element.Attributes.Where(attribute => Attributes.Contains(attribute.LocalName)))
        {
            copy.SetAttribute(attribute.LocalName, attribute.Value);
        }

        if (MailStyle.Clean(element.GetAttribute("style")) is { Length: > 0 } style)
        {
            copy.SetAttribute("style", style);
        }

        CopyLink(element, copy, images);
        to.AppendChild(copy);
        return copy;
    }

    private static void CopyLink(IElement element, IElement copy, IReadOnlyDictionary<string, string>? images)
    {
        if (copy.LocalName == "a" && StartsWithAny(element.GetAttribute("href"), LinkSchemes) is { } href)
        {
            copy.SetAttribute("href", href);
            copy.SetAttribute("target", "_blank");
            copy.SetAttribute("rel", "noopener noreferrer nofollow");
        }
        else if (copy.LocalName == "img" && ImageOf(element.GetAttribute("src"), images) is { } image)
        {
            copy.SetAttribute("src", image);
        }
    }

    private static string? ImageOf(string? source, IReadOnlyDictionary<string, string>? images) =>
        source is not null && images is not null && source.StartsWith(InlineImages.Scheme, StringComparison.Ordinal)
            ? images.GetValueOrDefault(source[InlineImages.Scheme.Length..])
            : StartsWithAny(source, DataImages);

    /// <summary>Browsers skip white space and control characters in front of and inside a scheme, and so must the test.</summary>
    private static string? StartsWithAny(string? value, string[] prefixes)
    {
        var clean = string.Concat((value ?? string.Empty).Where(static c => !char.IsControl(c))).Trim();
        return Array.Exists(prefixes, prefix => clean.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? clean : null;
    }
}
