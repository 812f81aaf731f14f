using System.Buffers;

namespace Lmtp.Server.Mime.Html;

/// <summary>The characters that end the pieces of a tag.</summary>
internal static class HtmlCharacters
{
    /// <summary>What ends the name of a start tag.</summary>
    public static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\n\f\r/>");

    /// <summary>What ends the name of an end tag, and a value without quotes.</summary>
    public static readonly SearchValues<char> ClosingNameEnd = SearchValues.Create(" \t\n\f\r>");

    /// <summary>What ends the name of an attribute.</summary>
    public static readonly SearchValues<char> AttributeNameEnd = SearchValues.Create(" \t\n\f\r/>=");

    public static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\f' or '\r';

    /// <summary>The position of the first character from a position on that is no space.</summary>
    public static int AfterSpaces(ReadOnlySpan<char> html, int position)
    {
        while (position < html.Length && IsSpace(html[position]))
        {
            position++;
        }

        return position;
    }
}
