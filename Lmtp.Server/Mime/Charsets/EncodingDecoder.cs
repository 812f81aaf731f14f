using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>A charset that .NET decodes as wanted, but for the byte order mark, which is dropped.</summary>
/// <param name="encoding">The encoding.</param>
internal sealed class EncodingDecoder(Encoding encoding) : CharsetDecoder
{
    public override string Decode(ReadOnlySpan<byte> bytes)
    {
        if (encoding is UnicodeEncoding && bytes.Length % 2 == 1)
        {
            bytes = bytes[..^1];
        }

        var text = encoding.GetString(bytes);
        return text.StartsWith('\ufeff') ? text[1..] : text;
    }
}
