namespace Lmtp.Server.Mime;

/// <summary>A text in a buffer, of which a string is made once, when somebody asks.</summary>
/// <param name="buffer">The buffer.</param>
/// <param name="range">Where the text stands in it.</param>
internal struct TextSlice(TextBuffer buffer, TextRange range)
{
    private string? _string;

    public readonly int Length => range.Length;

    public readonly ReadOnlySpan<char> Text => range.Length == 0 ? [] : buffer[range];

    public string String => _string ??= Text.ToString();
}
