namespace MimeKit;

/// <summary>Builds the body of a message from its text, HTML and attachments.</summary>
public class BodyBuilder
{
    /// <summary>The attachments.</summary>
    public AttachmentCollection Attachments { get; } = [];

    /// <summary>The plain text.</summary>
    public string? TextBody { get; set; }

    /// <summary>The same as HTML.</summary>
    public string? HtmlBody { get; set; }

    /// <summary>The body: one part, alternatives, or a multipart with the attachments.</summary>
    public MimeEntity ToMessageBody()
    {
        var body = ToText();
        if (Attachments.Count == 0)
        {
            return body ?? new TextPart("plain") { Text = string.Empty };
        }

        if (body is null && Attachments.Count == 1)
        {
            return Attachments[0];
        }

        var mixed = new Multipart("mixed");
        if (body is not null)
        {
            mixed.Add(body);
        }

        foreach (var attachment in Attachments)
        {
            mixed.Add(attachment);
        }

        return mixed;
    }

    private MimeEntity? ToText()
    {
        var text = TextBody is null ? null : new TextPart("plain") { Text = TextBody };
        var html = HtmlBody is null ? null : new TextPart("html") { Text = HtmlBody };
        return text is not null && html is not null ? new MultipartAlternative { text, html } : text ?? html;
    }
}
