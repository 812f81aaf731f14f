using Lmtp.Server.Mime;

namespace Lmtp.Server.Storage;

/// <summary>One attachment of a message, decoded while it is read.</summary>
internal sealed class MessagePart
{
    private const int BufferSize = 64 * 1024;

    private readonly MessageDocuments.StoredAttachment _stored;
    private readonly string _encoding;

    public MessagePart(StoredAttachment description, MessageDocuments.StoredAttachment stored)
    {
        var metadata = stored.File.DocumentOrNull("metadata") ?? [];
        Description = description;
        _stored = stored;
        _encoding = metadata.IsTrue("decoded") ? string.Empty : metadata.StringOrEmpty("transferEncoding");
    }

    /// <summary>What the message says of it.</summary>
    public StoredAttachment Description { get; }

    /// <summary>The number of bytes, when it is known before they are read.</summary>
    public long? Length => IsEncoded ? null : _stored.File.NumberOrNull("length");

    private bool IsEncoded => _encoding is "base64" or "quoted-printable";

    /// <summary>Writes the content.</summary>
    public async Task WriteToAsync(Stream output, CancellationToken cancellationToken)
    {
        await using var content = _stored.Content;
        await (_encoding switch
        {
            "base64" => WriteBase64Async(content, output, cancellationToken),
            "quoted-printable" => WriteQuotedPrintableAsync(content, output, cancellationToken),
            _ => content.CopyToAsync(output, cancellationToken),
        });
    }

    private static async Task WriteBase64Async(Stream content, Stream output, CancellationToken cancellationToken)
    {
        var decoder = new Base64Decoder();
        var text = new byte[BufferSize];
        var decoded = new byte[BufferSize];
        while (await content.ReadAsync(text, cancellationToken) is > 0 and var count)
        {
            var written = decoder.Decode(text.AsSpan(0, count), decoded);
            await output.WriteAsync(decoded.AsMemory(0, written), cancellationToken);
        }

        var rest = decoder.Finish(decoded);
        await output.WriteAsync(decoded.AsMemory(0, rest), cancellationToken);
    }

    /// <summary>In pieces that end where a line ends for good: what is encoded never reaches over such an end.</summary>
    private static async Task WriteQuotedPrintableAsync(Stream content, Stream output, CancellationToken cancellationToken)
    {
        var text = new byte[BufferSize];
        var length = 0;
        while (await content.ReadAsync(text.AsMemory(length), cancellationToken) is > 0 and var count)
        {
            length += count;
            var end = EndOfLastLine(text.AsSpan(0, length));
            if (end > 0)
            {
                var decoded = QuotedPrintable.Decode(text.AsSpan(0, end), text);
                await output.WriteAsync(text.AsMemory(0, decoded), cancellationToken);
                text.AsSpan(end, length - end).CopyTo(text);
                length -= end;
            }
            else if (length == text.Length)
            {
                Array.Resize(ref text, text.Length * 2);
            }
        }

        var rest = QuotedPrintable.Decode(text.AsSpan(0, length), text);
        await output.WriteAsync(text.AsMemory(0, rest), cancellationToken);
    }

    private static int EndOfLastLine(ReadOnlySpan<byte> text)
    {
        while (text.LastIndexOf((byte)'\n') is >= 0 and var end)
        {
            text = text[..end];
            if (!text.TrimEnd("\r \t"u8).EndsWith("="u8))
            {
                return end + 1;
            }
        }

        return 0;
    }
}
