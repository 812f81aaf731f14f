using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>A part of text.</summary>
public class TextPart : MimePart
{
    /// <summary>Makes a text of that subtype.</summary>
    public TextPart(string subtype)
        : base("text", subtype)
    {
    }

    /// <summary>Makes a plain text.</summary>
    public TextPart()
        : base("text", "plain")
    {
    }

    internal TextPart(ContentType contentType, HeaderList headers, ReadOnlyMemory<byte> content)
        : base(contentType, headers, content)
    {
    }

    /// <summary>Whether it is HTML.</summary>
    public bool IsHtml => ContentType.IsMimeType("text", "html");

    /// <summary>Whether it is plain.</summary>
    public bool IsPlain => ContentType.IsMimeType("text", "plain");

    /// <summary>The text with the line ends of the platform; UTF-8 is what it is encoded as when it is set.</summary>
    public string Text
    {
        get => GetText(out _);
        set => SetText(Encoding.UTF8, value);
    }

    /// <summary>The text, and the charset that it was found to be in.</summary>
    public string GetText([System.Diagnostics.CodeAnalysis.NotNull] out Encoding? encoding)
    {
        var bytes = Decoded();
        encoding = ContentType.CharsetEncoding;
        var text = encoding?.GetString(bytes) ?? Charsets.Guess(bytes, out encoding);
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        return text.ReplaceLineEndings(FormatOptions.Default.NewLine);
    }

    /// <summary>Takes a text, to be encoded in that charset.</summary>
    public void SetText(Encoding encoding, string text)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(text);
        ContentType.CharsetEncoding = encoding;
        Content = new MimeContent(new MemoryStream(encoding.GetBytes(text), writable: false));
    }

    /// <summary>Takes a text, to be encoded in that charset.</summary>
    public void SetText(string charset, string text)
    {
        ArgumentNullException.ThrowIfNull(charset);
        SetText(Charsets.Find(charset) ?? throw new NotSupportedException($"The charset {charset} is not known."), text);
    }
}
