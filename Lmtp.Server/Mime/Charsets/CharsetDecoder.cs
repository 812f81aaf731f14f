namespace Lmtp.Server.Mime.Charsets;

/// <summary>Makes text of bytes in one charset. What makes no sense becomes U+FFFD.</summary>
internal abstract class CharsetDecoder
{
    /// <summary>Decodes a whole text.</summary>
    public abstract string Decode(ReadOnlySpan<byte> bytes);
}
