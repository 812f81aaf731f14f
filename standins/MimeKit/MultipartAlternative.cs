namespace MimeKit;

/// <summary>The same content in several forms, the best last.</summary>
public class MultipartAlternative : Multipart
{
    /// <summary>Makes a multipart of alternatives.</summary>
    public MultipartAlternative()
        : base("alternative")
    {
    }

    internal MultipartAlternative(ContentType contentType, HeaderList headers)
        : base(contentType, headers)
    {
    }

    /// <summary>The plain text; null when there is none.</summary>
    public string? TextBody => FindText("plain")?.Text;

    /// <summary>The HTML text; null when there is none.</summary>
    public string? HtmlBody => FindText("html")?.Text;

    internal override TextPart? FindText(string subtype)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            var found = this[i] switch
            {
                Multipart multipart => multipart.FindText(subtype),
                TextPart text when text.ContentType.IsMimeType("text", subtype) => text,
                _ => null,
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }
}
