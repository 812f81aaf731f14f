using System.Buffers;
using System.Buffers.Text;

namespace MimeKit.Encodings;

/// <summary>Base64 in lines (RFC 2045 section 6.8).</summary>
internal static class Base64Text
{
    private const int BytesOfLine = 57;

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    public static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        var output = new ArrayBufferWriter<byte>(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + (bytes.Length / BytesOfLine) + 1);
        while (!bytes.IsEmpty)
        {
            var line = bytes[..Math.Min(BytesOfLine, bytes.Length)];
            Base64.EncodeToUtf8(line, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(line.Length)), out _, out var written);
            output.Advance(written);
            output.Write("\n"u8);
            bytes = bytes[line.Length..];
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Decodes what there is: other characters are skipped, an incomplete end is dropped.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var output = new byte[(text.Length / 4 * 3) + 3];
        var written = 0;
        Span<byte> group = stackalloc byte[4];
        var filled = 0;
        foreach (var character in text)
        {
            if (character == (byte)'=')
            {
                written += DecodeEnd(group[..filled], output.AsSpan(written));
                filled = 0;
            }
            else if (Alphabet.Contains(character))
            {
                group[filled++] = character;
                if (filled == 4)
                {
                    Base64.DecodeFromUtf8(group, output.AsSpan(written), out _, out var count);
                    written += count;
                    filled = 0;
                }
            }
        }

        written += DecodeEnd(group[..filled], output.AsSpan(written));
        return output[..written];
    }

    private static int DecodeEnd(ReadOnlySpan<byte> characters, Span<byte> output)
    {
        if (characters.Length < 2)
        {
            return 0;
        }

        Span<byte> group = stackalloc byte[4];
        Span<byte> decoded = stackalloc byte[3];
        group.Fill((byte)'A');
        characters.CopyTo(group);
        Base64.DecodeFromUtf8(group, decoded, out _, out _);
        decoded[..(characters.Length - 1)].CopyTo(output);
        return characters.Length - 1;
    }
}
