using MimeKit.Encodings;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>A part that holds content rather than other parts.</summary>
public class MimePart : MimeEntity
{
    /// <summary>Makes a part of that media type.</summary>
    public MimePart(string mediaType, string mediaSubtype)
        : base(mediaType, mediaSubtype)
    {
    }

    /// <summary>Makes a part of that media type.</summary>
    public MimePart(ContentType contentType)
        : base(contentType)
    {
    }

    /// <summary>Makes a part of that media type.</summary>
    public MimePart(string contentType)
        : base(ContentType.Parse(contentType))
    {
    }

    /// <summary>Makes a part of any bytes.</summary>
    public MimePart()
        : base("application", "octet-stream")
    {
    }

    internal MimePart(ContentType contentType, HeaderList headers, ReadOnlyMemory<byte> content)
        : base(contentType, headers)
    {
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(content, out var segment);
        Content = new MimeContent(new MemoryStream(segment.Array ?? [], segment.Offset, segment.Count, writable: false), ContentTransferEncoding);
    }

    /// <summary>How the content is to be encoded in the message.</summary>
    public ContentEncoding ContentTransferEncoding
    {
        get => TransferEncodings.Parse(Headers[HeaderId.ContentTransferEncoding]);
        set => Headers[HeaderId.ContentTransferEncoding] = TransferEncodings.NameOf(value);
    }

    /// <summary>What the content is about.</summary>
    public string? ContentDescription
    {
        get => Headers[HeaderId.ContentDescription];
        set => Headers[HeaderId.ContentDescription] = value;
    }

    /// <summary>The name of the file, from disposition or media type.</summary>
    public string? FileName
    {
        get => (ContentDisposition?.FileName ?? ContentType.Name)?.Trim();
        set
        {
            if (value is not null)
            {
                ContentDisposition ??= new ContentDisposition();
            }

            if (ContentDisposition is { } disposition)
            {
                disposition.FileName = value;
            }

            ContentType.Name = value;
        }
    }

    /// <summary>The content.</summary>
    public IMimeContent? Content { get; set; }

    /// <inheritdoc />
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
        if (Content is null || ContentTransferEncoding is ContentEncoding.Base64 or ContentEncoding.QuotedPrintable or ContentEncoding.UUEncode)
        {
            return;
        }

        var best = TransferEncodings.Best(Decoded(), constraint, maxLineLength);
        if (ContentTransferEncoding != ContentEncoding.Default || best != ContentEncoding.SevenBit)
        {
            ContentTransferEncoding = best;
        }
    }

    internal byte[] Decoded()
    {
        using var decoded = new MemoryStream();
        Content?.DecodeTo(decoded);
        return decoded.ToArray();
    }

    internal override void WriteContent(MimeWriter writer)
    {
        if (Content is null)
        {
            return;
        }

        var encoding = ContentTransferEncoding;
        if (encoding == Content.Encoding)
        {
            using var encoded = new MemoryStream();
            Content.WriteTo(encoded);
            Write(writer, encoding, encoded.ToArray());
            return;
        }

        var decoded = Decoded();
        Write(writer, encoding, encoding switch
        {
            ContentEncoding.Base64 => Base64Text.Encode(decoded),
            ContentEncoding.QuotedPrintable => QuotedPrintableText.Encode(decoded),
            _ => decoded,
        });
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Content?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Write(MimeWriter writer, ContentEncoding encoding, byte[] bytes)
    {
        if (encoding == ContentEncoding.Binary)
        {
            writer.WriteBinary(bytes);
        }
        else
        {
            writer.WriteText(bytes);
        }
    }
}
