namespace Lmtp.Server.Mime;

/// <summary>Where a text stands in a <see cref="TextBuffer"/>.</summary>
/// <param name="Start">Its first UTF-16 unit.</param>
/// <param name="Length">The number of UTF-16 units.</param>
internal readonly record struct TextRange(int Start, int Length)
{
    /// <summary>Behind its last UTF-16 unit.</summary>
    public int End => Start + Length;
}
