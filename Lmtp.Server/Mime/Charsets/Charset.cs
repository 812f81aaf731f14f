using System.Collections.Frozen;
using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>Decodes bytes in any of the charsets of mail. An unknown charset is read as UTF-8.</summary>
internal static class Charset
{
    private const int MaxPlainLength = 64;
    private const int MaxRecent = 32;
    private const int MaxRecentLength = 20;

    // What came lately comes again, in one word after the other.
    [ThreadStatic]
    private static Found[]? _recent;

    private static readonly FrozenDictionary<string, string> Aliases = ReadAliases();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> AliasLookup =
        Aliases.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name under which a charset is known here; an unknown one in upper case.</summary>
    public static string Normalize(ReadOnlySpan<char> charset)
    {
        var name = Whitespace.Trim(Casing.ToLower(charset));
        if (name.Length == 0)
        {
            return "UTF-8";
        }

        if (AliasLookup.TryGetValue(name, out var known))
        {
            return known;
        }

        name = ReplacePrefix(name, ["utf"], isOptional: false, "utf-");
        name = ReplaceAscii(name);
        name = ReplacePrefix(name, ["windows", "win"], isOptional: false, "windows-");
        name = ReplacePrefix(name, ["latin", "iso-8859", "iso_8859", "iso8859"], isOptional: true, "iso-8859-");
        name = ReplacePrefix(name, ["l"], isOptional: false, "iso-8859-");
        return Aliases.TryGetValue(name, out known) ? known : Casing.ToUpper(name);
    }

    private readonly record struct Found(string Name, CharsetDecoder? Decoder);

    /// <summary>Whether two names mean the same charset.</summary>
    public static bool AreOne(ReadOnlySpan<char> name, ReadOnlySpan<char> other)
    {
        if (name.SequenceEqual(other))
        {
            return true;
        }

        Span<char> lower = stackalloc char[MaxPlainLength];
        Span<char> otherLower = stackalloc char[MaxPlainLength];
        var length = LowerPlain(name, lower);
        var otherLength = length < 0 ? length : LowerPlain(other, otherLower);
        return otherLength < 0 ? Normalize(name) == Normalize(other) : lower[..length].SequenceEqual(otherLower[..otherLength]);
    }

    /// <summary>Decodes bytes. Never fails: what makes no sense becomes U+FFFD.</summary>
    /// <param name="bytes">The text as received.</param>
    /// <param name="charset">The name of the charset as received.</param>
    /// <param name="text">Receives the characters.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> charset, TextBuffer text)
    {
        if (FindDecoder(charset) is { } decoder)
        {
            decoder.Decode(bytes, text);
        }
        else
        {
            text.AppendUtf8(bytes);
        }
    }

    private static CharsetDecoder? FindDecoder(ReadOnlySpan<char> charset)
    {
        if (charset.Length is 0 or > MaxRecentLength)
        {
            return FindUncached(charset);
        }

        var recent = _recent ??= new Found[MaxRecent];
        ref var slot = ref recent[(charset.Length + (charset[^1] * 3) + charset[charset.Length / 2]) % MaxRecent];
        if (slot.Name is not null && charset.SequenceEqual(slot.Name))
        {
            return slot.Decoder;
        }

        // Names that nobody knows may be as many as there are words.
        var decoder = FindUncached(charset);
        if (decoder is not null || charset is "utf-8" or "UTF-8")
        {
            slot = new Found(charset.ToString(), decoder);
        }

        return decoder;
    }

    private static CharsetDecoder? FindUncached(ReadOnlySpan<char> charset)
    {
        Span<char> lower = stackalloc char[MaxPlainLength];
        var length = LowerPlain(charset, lower);
        if (length >= 0)
        {
            return IsUtf8(lower[..length]) ? null : CharsetDecoders.Find(lower[..length]);
        }

        var name = Normalize(charset);
        return IsUtf8(name) ? null : CharsetDecoders.Find(name);
    }

    /// <summary>
    /// Writes a name in lower case if it is neither an alias nor changed by any rule, so that it stands for itself; else
    /// returns -1.
    /// </summary>
    private static int LowerPlain(ReadOnlySpan<char> charset, Span<char> lower)
    {
        if (charset.Length is 0 or > MaxPlainLength || charset.ContainsAnyExceptInRange('!', '~'))
        {
            return -1;
        }

        Ascii.ToLower(charset, lower, out var length);
        return lower[0] is 'u' or 'w' or 'l' or 'i' or '-' or '_' or (>= '0' and <= '9') || AliasLookup.TryGetValue(lower[..length], out _)
            ? -1
            : length;
    }

    private static bool IsUtf8(ReadOnlySpan<char> name) =>
        name.StartsWith("ascii", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("us-ascii", StringComparison.OrdinalIgnoreCase)
        || name.Contains("utf-8", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("7bit", StringComparison.OrdinalIgnoreCase);

    /// <summary>One of the prefixes, then perhaps a hyphen or underscore, then a digit: gets the usual spelling.</summary>
    private static string ReplacePrefix(string name, ReadOnlySpan<string> prefixes, bool isOptional, string replacement)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && TryNumber(name, prefix.Length, out var number))
            {
                return replacement + name[number..];
            }
        }

        return isOptional && TryNumber(name, 0, out var digits) ? replacement + name[digits..] : name;
    }

    private static bool TryNumber(string name, int position, out int number)
    {
        number = position < name.Length && name[position] is '-' or '_' ? position + 1 : position;
        return number < name.Length && char.IsAsciiDigit(name[number]);
    }

    private static string ReplaceAscii(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["us-ascii", "us_ascii", "usascii"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return "windows-1252" + name[prefix.Length..];
            }
        }

        return name;
    }

    private static FrozenDictionary<string, string> ReadAliases()
    {
        var aliases = new Dictionary<string, string>();
        foreach (var line in MimeData.Lines("charset-aliases"))
        {
            var words = line.Split(' ');
            foreach (var alias in words.AsSpan(1))
            {
                aliases.Add(alias, words[0]);
            }
        }

        return aliases.ToFrozenDictionary();
    }
}
