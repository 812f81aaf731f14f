using MimeKit.Parsing;

namespace MimeKit;

/// <summary>A part that holds a message.</summary>
public class MessagePart : MimeEntity
{
    /// <summary>Makes a part for a message.</summary>
    public MessagePart()
        : base("message", "rfc822")
    {
    }

    internal MessagePart(ContentType contentType, HeaderList headers)
        : base(contentType, headers)
    {
    }

    /// <summary>The message.</summary>
    public MimeMessage? Message { get; set; }

    /// <inheritdoc />
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78) => Message?.Prepare(constraint, maxLineLength);

    internal override void WriteContent(MimeWriter writer) => Message?.WriteTo(writer);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Message?.Dispose();
        }

        base.Dispose(disposing);
    }
}
