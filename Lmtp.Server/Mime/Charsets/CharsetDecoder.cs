namespace Lmtp.Server.Mime.Charsets;

/// <summary>Makes text of bytes in one charset. What makes no sense becomes U+FFFD.</summary>
internal abstract class CharsetDecoder
{
    /// <summary>Decodes a whole text.</summary>
    /// <param name="bytes">The text as received.</param>
    /// <param name="text">Receives the characters.</param>
    public abstract void Decode(ReadOnlySpan<byte> bytes, TextBuffer text);
}
