namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// What the key of a document has to have in it that a regular expression of plain text finds: the text, or the expression
/// itself, which is equal to it.
/// </summary>
/// <param name="Literal">The text in UTF-8.</param>
/// <param name="Pattern">The pattern in UTF-8.</param>
internal sealed record KeyText(byte[] Literal, byte[] Pattern)
{
    /// <summary>Whether the entry may belong to such a document.</summary>
    public bool MayBeIn(ReadOnlySpan<byte> entry) => entry.IndexOf(Literal) >= 0 || entry.IndexOf(Pattern) >= 0;
}
