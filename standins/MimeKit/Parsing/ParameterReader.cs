using System.Text;
using MimeKit.Encodings;

namespace MimeKit.Parsing;

/// <summary>Reads <c>value; name=value …</c>, with the continuations and charsets of RFC 2231, and forgives what it can.</summary>
internal static class ParameterReader
{
    private const int MaxParameters = 256;
    private const int MaxSection = 1000;

    /// <summary>The part before the first semicolon, and what follows it in the list.</summary>
    public static string Read(string text, ParameterList parameters)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var value = StripComment(end < 0 ? text : text[..end]);
        if (end >= 0)
        {
            ReadParameters(text, end + 1, parameters);
        }

        return value;
    }

    private static string StripComment(string value)
    {
        var open = value.IndexOf('(', StringComparison.Ordinal);
        return (open < 0 ? value : value[..open]).Trim();
    }

    private static void ReadParameters(string text, int position, ParameterList parameters)
    {
        var sections = new Dictionary<string, SortedList<int, (string Text, bool IsEncoded)>>(StringComparer.OrdinalIgnoreCase);
        var order = new List<string>();
        while (position < text.Length && order.Count < MaxParameters)
        {
            if (TryReadPair(text, ref position) is not { } pair)
            {
                continue;
            }

            var (name, section, isEncoded) = SplitName(pair.Name);
            if (!Parameter.IsToken(name))
            {
                continue;
            }

            if (!sections.TryGetValue(name, out var values))
            {
                sections[name] = values = [];
                order.Add(name);
            }

            values.TryAdd(section, (pair.Value, isEncoded));
        }

        foreach (var name in order)
        {
            parameters.Add(name, Join(sections[name]));
        }
    }

    private static (string Name, string Value)? TryReadPair(string text, ref int position)
    {
        var stop = text.AsSpan(position).IndexOfAny('=', ';');
        if (stop < 0)
        {
            position = text.Length;
            return null;
        }

        var name = text.Substring(position, stop).Trim();
        position += stop + 1;
        return text[position - 1] == ';' ? null : (name, ReadValue(text, ref position));
    }

    private static string ReadValue(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        if (position < text.Length && text[position] == '"')
        {
            return EncodedWordReader.Decode(ReadQuoted(text, ref position));
        }

        var length = text.AsSpan(position).IndexOf(';');
        var value = length < 0 ? text[position..] : text.Substring(position, length);
        position += value.Length + 1;
        return EncodedWordReader.Decode(StripComment(value));
    }

    private static string ReadQuoted(string text, ref int position)
    {
        var value = new StringBuilder();
        for (position++; position < text.Length && text[position] != '"'; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
            }

            value.Append(text[position]);
        }

        var next = text.AsSpan(Math.Min(position, text.Length)).IndexOf(';');
        position = next < 0 ? text.Length : position + next + 1;
        return value.ToString();
    }

    /// <summary><c>name*3*</c>: section 3, encoded.</summary>
    private static (string Name, int Section, bool IsEncoded) SplitName(string name)
    {
        var isEncoded = name.EndsWith('*');
        var bare = isEncoded ? name[..^1] : name;
        var star = bare.LastIndexOf('*');
        return star > 0 && int.TryParse(bare.AsSpan(star + 1), System.Globalization.NumberStyles.None, null, out var section) && section < MaxSection
            ? (bare[..star], section, isEncoded)
            : (bare, 0, isEncoded);
    }

    private static string Join(SortedList<int, (string Text, bool IsEncoded)> sections)
    {
        if (!sections.Values.Any(static section => section.IsEncoded))
        {
            return string.Concat(sections.Values.Select(static section => section.Text));
        }

        var bytes = new List<byte>();
        Encoding? charset = null;
        var isFirst = true;
        foreach (var (text, isEncoded) in sections.Values)
        {
            var encoded = text;
            if (isFirst && isEncoded && text.Split('\'', 3) is [var name, _, var rest])
            {
                charset = Charsets.Find(name);
                encoded = rest;
            }

            bytes.AddRange(isEncoded ? PercentDecode(encoded) : Encoding.UTF8.GetBytes(encoded));
            isFirst = false;
        }

        return charset?.GetString([.. bytes]) ?? Charsets.Guess([.. bytes]);
    }

    private static byte[] PercentDecode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var written = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'%' && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[written++] = (byte)((QuotedPrintableText.HexValue(bytes[i + 1]) << 4) | QuotedPrintableText.HexValue(bytes[i + 2]));
                i += 2;
            }
            else
            {
                bytes[written++] = bytes[i];
            }
        }

        return bytes[..written];
    }
}
