using System.Globalization;
using System.Text;

namespace MimeKit.Parsing;

/// <summary>Writes parameters as tokens or quoted strings, and as RFC 2231 says where neither can hold the value.</summary>
internal static class ParameterWriter
{
    private const int MaxValue = 60;

    /// <summary>The value of a header field, from behind the colon to the end of the line.</summary>
    public static byte[] ToRawValue(string field, string value, ParameterList parameters, FormatOptions options)
    {
        var output = new StringBuilder().Append(' ').Append(value);
        var column = field.Length + 1 + output.Length;
        foreach (var text in parameters.SelectMany(Format))
        {
            output.Append(';');
            if (column + 2 + text.Length > FormatOptions.MaxLine)
            {
                output.Append(options.NewLine).Append('\t');
                column = 0;
            }
            else
            {
                output.Append(' ');
            }

            output.Append(text);
            column += 2 + text.Length;
        }

        return Encoding.ASCII.GetBytes(output.Append(options.NewLine).ToString());
    }

    private static IEnumerable<string> Format(Parameter parameter)
    {
        var value = parameter.Value;
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return FormatEncoded(parameter);
        }

        if (value.Length > MaxValue)
        {
            return value.Chunk(MaxValue).Select((chunk, i) => string.Create(
                CultureInfo.InvariantCulture, $"{parameter.Name}*{i}={Quote(new string(chunk))}"));
        }

        return [$"{parameter.Name}={(Parameter.IsToken(value) ? value : Quote(value))}"];
    }

    private static IEnumerable<string> FormatEncoded(Parameter parameter)
    {
        var sections = new List<StringBuilder> { new($"{Charsets.NameOf(parameter.Encoding)}''") };
        foreach (var rune in parameter.Value.EnumerateRunes())
        {
            var bytes = parameter.Encoding.GetBytes(rune.ToString());
            var text = bytes is [var single] && IsPlain((char)single)
                ? ((char)single).ToString()
                : string.Concat(bytes.Select(static value => "%" + value.ToString("X2", CultureInfo.InvariantCulture)));
            if (sections[^1].Length + text.Length > MaxValue)
            {
                sections.Add(new StringBuilder());
            }

            sections[^1].Append(text);
        }

        return sections is [var only]
            ? [$"{parameter.Name}*={only}"]
            : sections.Select((section, i) => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}*{i}*={section}"));
    }

    private static string Quote(string value) => Utils.MimeUtils.Quote(value);

    /// <summary>What stands for itself in an extended value (RFC 2231 section 7).</summary>
    private static bool IsPlain(char value) => char.IsAsciiLetterOrDigit(value) || value is '.' or '-' or '_' or '!' or '#' or '$' or '&' or '+' or '^' or '`' or '{' or '|' or '}' or '~';
}
