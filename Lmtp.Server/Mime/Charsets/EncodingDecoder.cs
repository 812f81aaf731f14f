using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>A charset that .NET decodes as wanted, but for the byte order mark, which is dropped.</summary>
/// <param name="encoding">The encoding.</param>
internal sealed class EncodingDecoder(Encoding encoding) : CharsetDecoder
{
    public override void Decode(ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        if (encoding is UnicodeEncoding && bytes.Length % 2 == 1)
        {
            bytes = bytes[..^1];
        }

        var start = text.Length;
        text.AppendDecoded(encoding, bytes);
        var decoded = text.Tail(start);
        if (decoded is ['\ufeff', ..])
        {
            decoded[1..].CopyTo(decoded);
            text.CutAt(text.Length - 1);
        }
    }
}
