using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>A charset of one byte for each character.</summary>
/// <param name="characters">The characters of all bytes from <c>256 - length</c> on; those before are ASCII.</param>
internal sealed class SingleByteDecoder(string characters) : CharsetDecoder
{
    public override void Decode(ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        var first = 256 - characters.Length;
        var start = text.Length;
        text.AppendDecoded(Encoding.Latin1, bytes);
        foreach (ref var character in text.Tail(start))
        {
            if (character >= first)
            {
                character = characters[character - first];
            }
        }
    }

    /// <summary>Adds the decoders of the table under all their names.</summary>
    public static void AddAll(Dictionary<string, CharsetDecoder> known)
    {
        foreach (var (names, units) in MimeData.Pairs("charset-single-byte"))
        {
            var decoder = new SingleByteDecoder(MimeData.FromUnits(units));
            foreach (var name in names.Split(','))
            {
                known[name] = decoder;
            }
        }
    }
}
