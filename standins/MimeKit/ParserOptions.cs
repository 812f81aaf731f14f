using System.Text;

namespace MimeKit;

/// <summary>How messages are read.</summary>
public class ParserOptions
{
    /// <summary>The options where none are given.</summary>
    public static readonly ParserOptions Default = new();

    /// <summary>How deep parts may be nested; what is deeper stays one part.</summary>
    public int MaxMimeDepth { get; set; } = 1024;

    /// <summary>The charset of text that names none.</summary>
    public Encoding CharsetEncoding { get; set; } = Encoding.UTF8;

    /// <summary>A copy of these options.</summary>
    public ParserOptions Clone() => new() { MaxMimeDepth = MaxMimeDepth, CharsetEncoding = CharsetEncoding };
}
