using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// Splits a header value into value and parameters as WildDuck does: at every semicolon, quotes or not, with RFC 2231
/// continuations turned into encoded words.
/// </summary>
internal static class ParameterizedValueParser
{
    private const int MaxNameLength = 100;

    public static ParameterizedValue Parse(ReadOnlySpan<char> headerValue)
    {
        var rest = headerValue;
        var value = Whitespace.Trim(NextPiece(ref rest, out var more));
        var slash = value.IndexOf('/');
        var type = Casing.ToLower(slash < 0 ? value : value[..slash]);
        var subtype = slash < 0 ? "" : KnownTexts.Get(value[(slash + 1)..]);
        if (!more)
        {
            return new ParameterizedValue(KnownTexts.Get(value), type, subtype, ParameterList.Empty);
        }

        var parameters = new ParameterList();
        Dictionary<string, Continuation>? continuations = null;
        List<string>? continued = null;
        while (more)
        {
            var piece = NextPiece(ref rest, out more);
            var equals = piece.IndexOf('=');
            var name = Casing.ToLower(Whitespace.Trim(equals < 0 ? piece : piece[..equals]));
            if (!HeaderName.IsOrdinary(name) || name.Length >= MaxNameLength)
            {
                continue;
            }

            var text = KnownTexts.Get(TrimQuotes(equals < 0 ? [] : piece[(equals + 1)..]));
            parameters.Any = true;
            if (!TryParseContinuation(name, out var baseName, out var index, out var extended))
            {
                parameters.Set(name, text);
            }
            else if (baseName != "constructor")
            {
                // The excluded name collides with a property that every ECMAScript object has, and is lost there.
                continuations ??= [];
                if (!continuations.TryGetValue(baseName, out var continuation))
                {
                    continuation = new Continuation(extended);
                    continuations.Add(baseName, continuation);
                    (continued ??= []).Add(baseName);
                }

                continuation.Pieces[index] = text;
            }
        }

        if (continued is not null)
        {
            foreach (var name in InEnumerationOrder(continued))
            {
                parameters.Set(name, continuations![name].ToEncodedWord());
            }
        }

        return new ParameterizedValue(KnownTexts.Get(value), type, subtype, parameters);
    }

    private static IEnumerable<string> InEnumerationOrder(List<string> names) =>
        names.OrderBy(static name => ParameterList.IsArrayIndex(name, out var index) ? index : long.MaxValue);

    private static ReadOnlySpan<char> NextPiece(ref ReadOnlySpan<char> rest, out bool more)
    {
        var end = rest.IndexOf(';');
        more = end >= 0;
        var piece = more ? rest[..end] : rest;
        rest = more ? rest[(end + 1)..] : [];
        return piece;
    }

    private static ReadOnlySpan<char> TrimQuotes(ReadOnlySpan<char> text)
    {
        static bool IsTrimmed(char character) => character is '\'' or '"' || Whitespace.Is(character);

        var start = 0;
        while (start < text.Length && IsTrimmed(text[start]))
        {
            start++;
        }

        var end = text.Length;
        while (end > start && IsTrimmed(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Recognises <c>name*</c>, <c>name*N</c> and <c>name*N*</c> (RFC 2231 sections 3 and 4).</summary>
    private static bool TryParseContinuation(string name, out string baseName, out double index, out bool extended)
    {
        baseName = "";
        index = 0;
        extended = false;
        var star = name.IndexOf('*', StringComparison.Ordinal);
        if (star <= 0)
        {
            return false;
        }

        var tail = name.AsSpan(star + 1);
        var digits = 0;
        while (digits < tail.Length && char.IsAsciiDigit(tail[digits]))
        {
            digits++;
        }

        var rest = tail[digits..];
        if (rest is not ("" or "*"))
        {
            return false;
        }

        baseName = name[..star];
        index = digits == 0 ? 0 : double.Parse(tail[..digits], CultureInfo.InvariantCulture);

        // "name**" is a continuation without a charset; "name*" and "name*0*" announce one.
        extended = digits == 0 ? rest.Length == 0 : rest.Length == 1;
        return true;
    }

    private sealed class Continuation(bool charsetExpected)
    {
        // The largest index of an ECMAScript array is 2^32 - 2; a piece beyond it is not part of the value.
        private const double MaxIndex = 4294967294;

        public SortedDictionary<double, string> Pieces { get; } = [];

        public string ToEncodedWord()
        {
            var charset = charsetExpected ? "" : "utf-8";
            var text = new StringBuilder();
            foreach (var (index, piece) in Pieces)
            {
                if (index > MaxIndex)
                {
                    break;
                }

                var remainder = piece;
                if (index == 0 && charsetExpected)
                {
                    var parts = piece.Split('\'', 3);
                    charset = parts[0];
                    remainder = parts.Length > 2 ? parts[2] : "";
                }

                text.Append(remainder);
            }

            text.Replace('%', '=');
            charset = Casing.ToUpper(charset.Length == 0 ? "ISO-8859-1" : charset);
            return $"=?{charset}?Q?{text}?=";
        }
    }
}
