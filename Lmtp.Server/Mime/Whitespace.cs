using System.Buffers;
using System.Runtime.CompilerServices;

namespace Lmtp.Server.Mime;

/// <summary>
/// What counts as white space in WildDuck's format: ECMAScript's set. On bytes that is 09 to 0D, 20 and A0.
/// </summary>
internal static class Whitespace
{
    /// <summary>The white space characters.</summary>
    public const string Set =
        "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    /// <summary>The white space characters, for vectorised searches.</summary>
    public static readonly SearchValues<char> Characters = SearchValues.Create(Set);

    public static bool Is(byte value) => value is (>= 0x09 and <= 0x0D) or 0x20 or 0xA0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(char value) => value < 0x80 ? value is (>= '\t' and <= '\r') or ' ' : Characters.Contains(value);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (start < bytes.Length && Is(bytes[start]))
        {
            start++;
        }

        var end = bytes.Length;
        while (end > start && Is(bytes[end - 1]))
        {
            end--;
        }

        return bytes[start..end];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !Is(text[0]) && !Is(text[^1]) ? text : TrimEnds(text);

    public static string Trim(string text)
    {
        var trimmed = Trim(text.AsSpan());
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    private static ReadOnlySpan<char> TrimEnds(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && Is(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && Is(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }
}
