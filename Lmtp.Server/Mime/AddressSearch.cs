using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// Finds what ends a piece of an address list. Most pieces of a hostile list are so short that a vectorised search would take
/// longer than a glance at the first characters.
/// </summary>
internal static class AddressSearch
{
    private const int Glance = 8;
    private const string Opening = "\"(<:,;[";

    // Control characters but tab; only the LF of a fold leaves a space behind.
    private const string Control =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017"
        + "\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> Openers = SearchValues.Create(Opening);
    private static readonly SearchValues<char> Controls = SearchValues.Create(Control);
    private static readonly SearchValues<char> OpenersAndControls = SearchValues.Create(Opening + Control);

    /// <summary>Whether there are control characters other than tab.</summary>
    public static bool HasControls(ReadOnlySpan<char> text) => text.ContainsAny(Controls);

    /// <summary>Whether a character opens or separates something; a domain literal counts as text.</summary>
    public static bool IsOpener(char character) => character is '"' or '(' or '<' or ':' or ',' or ';';

    /// <summary>The first character that opens or separates something, or -1.</summary>
    public static int IndexOfOpener(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < Math.Min(text.Length, Glance); index++)
        {
            if (text[index] is '"' or '(' or '<' or ':' or ',' or ';' or '[')
            {
                return index;
            }
        }

        var next = text.Length <= Glance ? -1 : text[Glance..].IndexOfAny(Openers);
        return next < 0 ? next : next + Glance;
    }

    /// <summary>The first character that opens or separates something or is a control character, or -1.</summary>
    public static int IndexOfPlainEnd(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < Math.Min(text.Length, Glance); index++)
        {
            if (text[index] is '"' or '(' or '<' or ':' or ',' or ';' or '[' or (< ' ' and not '\t'))
            {
                return index;
            }
        }

        var next = text.Length <= Glance ? -1 : text[Glance..].IndexOfAny(OpenersAndControls);
        return next < 0 ? next : next + Glance;
    }

    /// <summary>What ends a quoted string or the plain part of it, or -1.</summary>
    public static int IndexOfQuoteOrEscape(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < Math.Min(text.Length, Glance); index++)
        {
            if (text[index] is '"' or '\\')
            {
                return index;
            }
        }

        var next = text.Length <= Glance ? -1 : text[Glance..].IndexOfAny('"', '\\');
        return next < 0 ? next : next + Glance;
    }

    /// <summary>The first of a character, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, char character)
    {
        for (var index = 0; index < Math.Min(text.Length, Glance); index++)
        {
            if (text[index] == character)
            {
                return index;
            }
        }

        var next = text.Length <= Glance ? -1 : text[Glance..].IndexOf(character);
        return next < 0 ? next : next + Glance;
    }
}
