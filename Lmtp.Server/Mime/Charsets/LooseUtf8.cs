namespace Lmtp.Server.Mime.Charsets;

/// <summary>
/// UTF-8 without any check, as the library behind WildDuck's Japanese charsets reads what it has made itself: the lead
/// byte alone decides how many bytes are one character, and a continuation byte in the wrong place repeats the last one.
/// </summary>
internal static class LooseUtf8
{
    private const int FirstSupplementary = 0x10000;

    public static void Decode(ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        var last = -1;
        while (!bytes.IsEmpty)
        {
            var length = Length(bytes[0]);
            if (length > 0)
            {
                last = CodePoint(bytes, length);
            }

            last = Append(text, last);
            bytes = bytes[Math.Clamp(length, 1, bytes.Length)..];
        }
    }

    private static int Length(byte lead) => lead switch
    {
        < 0x80 => 1,
        < 0xC0 => 0,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };

    /// <summary>Reads a character; bytes that are missing at the end count as zero.</summary>
    private static int CodePoint(ReadOnlySpan<byte> bytes, int length)
    {
        if (length == 1)
        {
            return bytes[0];
        }

        var value = bytes[0] & (length == 4 ? 0x07 : 0xFF >> (length + 1));
        for (var index = 1; index < length; index++)
        {
            value = (value << 6) | (index < bytes.Length ? bytes[index] & 0x3F : 0);
        }

        return value;
    }

    /// <summary>Writes a character and returns what a repetition of it will write.</summary>
    private static int Append(TextBuffer text, int codePoint)
    {
        if (codePoint is >= 0 and < FirstSupplementary)
        {
            text.Append((char)codePoint);
            return codePoint;
        }

        // Nothing to repeat comes out as half of a pair and a NUL.
        var offset = codePoint - FirstSupplementary;
        text.Append((char)(0xD800 + (codePoint < 0 ? 0 : offset >> 10)));
        text.Append(codePoint < 0 ? '\0' : (char)(0xDC00 + (offset & 0x3FF)));
        return codePoint < 0 ? codePoint : offset;
    }
}
