using System.Collections.Frozen;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>Decodes bytes in any of the charsets of mail. An unknown charset is read as UTF-8.</summary>
internal static class Charset
{
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

    /// <summary>Decodes bytes. Never fails: what makes no sense becomes U+FFFD.</summary>
    /// <param name="bytes">The text as received.</param>
    /// <param name="charset">The name of the charset as received.</param>
    /// <param name="text">Receives the characters.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> charset, TextBuffer text)
    {
        var name = Normalize(charset);
        if (!IsUtf8(name) && CharsetDecoders.Find(name) is { } decoder)
        {
            decoder.Decode(bytes, text);
        }
        else
        {
            text.AppendUtf8(bytes);
        }
    }

    private static bool IsUtf8(string name) =>
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
