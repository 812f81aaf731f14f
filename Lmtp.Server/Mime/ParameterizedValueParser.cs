using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// Splits a header value into value and parameters as WildDuck does: at every semicolon, quotes or not, with RFC 2231
/// continuations turned into encoded words.
/// </summary>
internal ref struct ParameterizedValueParser
{
    private const int MaxNameLength = 100;

    // What a parameter in pieces takes in the document, whatever its name and value: =?charset?Q??= and more.
    private const int LeastContinued = 33;

    private static readonly SearchValues<char> Separators = SearchValues.Create("; \t");

    // The lower case of what ordinary names consist of; 0 for everything else.
    private static readonly byte[] LowerCase = CreateLowerCase();

    private readonly ParameterTable _parameters;
    private readonly Span<char> _lower;
    private ContinuedParameters? _continued;
    private ReadOnlySpan<char> _rest;
    private bool _any;

    private ParameterizedValueParser(ReadOnlySpan<char> rest, ParameterTable parameters, Span<char> lower)
    {
        _rest = rest;
        _parameters = parameters;
        _lower = lower;
    }

    /// <summary>Parses a header value, of which no more than fits into a document.</summary>
    /// <param name="headerValue">The value.</param>
    /// <param name="parameters">Receives the parameters; made when there are any and it is null.</param>
    public static ParameterizedValue Parse(ReadOnlySpan<char> headerValue, ref ParameterTable? parameters)
    {
        var end = headerValue.IndexOf(';');
        var value = Whitespace.Trim(end < 0 ? headerValue : headerValue[..end]);
        var slash = value.IndexOf('/');
        var type = Casing.ToLower(slash < 0 ? value : value[..slash]);
        var subtype = slash < 0 ? "" : KnownTexts.Get(value[(slash + 1)..]);
        if (end < 0)
        {
            return new ParameterizedValue(KnownTexts.Get(value), type, subtype, default);
        }

        parameters ??= new ParameterTable();
        var parser = new ParameterizedValueParser(headerValue[(end + 1)..], parameters, stackalloc char[MaxNameLength]);
        return new ParameterizedValue(KnownTexts.Get(value), type, subtype, parser.Read());
    }

    private ParameterList Read()
    {
        _parameters.Begin();
        var more = true;
        var most = MessageIndexerOptions.MaxMongoDocumentBytes - _rest.Length;
        while (more && _parameters.Weight + ((_continued?.Count ?? 0) * LeastContinued) <= most)
        {
            more = TryTakeOrdinary() || TakeParameter();
        }

        _continued?.CopyTo(_parameters);
        _continued?.Dispose();
        return _parameters.End(_any);
    }

    /// <summary>
    /// Takes a parameter with an ordinary name that another one follows, in one look at its characters; false when it has
    /// to be looked at with more care.
    /// </summary>
    private bool TryTakeOrdinary()
    {
        var rest = _rest;
        var start = 0;
        while (start < rest.Length && rest[start] == ' ')
        {
            start++;
        }

        var lower = _lower;
        var lowerCase = LowerCase;
        var length = 0;
        var hasStar = false;
        for (var index = start; index < rest.Length && length < lower.Length; index++)
        {
            var character = rest[index];
            if (character < lowerCase.Length && lowerCase[character] is > 0 and var letter)
            {
                lower[length++] = (char)letter;
                hasStar |= letter == '*';
                continue;
            }

            if (length == 0 || character is not (';' or '='))
            {
                return false;
            }

            var text = rest[(index + 1)..];
            if (character == ';')
            {
                _rest = text;
                Take(lower[..length], [], hasStar);
                return true;
            }

            var end = text.IndexOf(';');
            if (end < 0)
            {
                return false;
            }

            _rest = text[(end + 1)..];
            Take(lower[..length], TrimQuotes(text[..end]), hasStar);
            return true;
        }

        return false;
    }

    /// <summary>Takes what stands before the next semicolon; false when that was the last piece.</summary>
    private bool TakeParameter()
    {
        var end = _rest.IndexOf(';');
        var piece = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        var equals = piece.IndexOf('=');
        var name = Whitespace.Trim(equals < 0 ? piece : piece[..equals]);
        if (!Ascii.IsValid(name))
        {
            name = Casing.ToLower(name.ToString());
        }

        if (name.Length < MaxNameLength && HeaderName.IsOrdinary(name))
        {
            Ascii.ToLower(name, _lower, out var length);
            Take(_lower[..length], equals < 0 ? [] : TrimQuotes(piece[(equals + 1)..]), mayGoOn: true);
        }

        if (end < 0 || !Whitespace.Trim(piece).IsEmpty)
        {
            return end >= 0;
        }

        // Further empty pieces say nothing that this one did not.
        var next = _rest.IndexOfAnyExcept(Separators);
        _rest = next < 0 ? [] : _rest[next..];
        return next >= 0;
    }

    private void Take(scoped ReadOnlySpan<char> name, ReadOnlySpan<char> text, bool mayGoOn)
    {
        _any = true;
        if (!mayGoOn || !TryParseContinuation(name, out var star, out var index, out var extended))
        {
            _parameters.Set(name, text);
        }
        else if (name[..star] is not "constructor")
        {
            // The excluded name collides with a property that every ECMAScript object has, and is lost there.
            (_continued ??= new ContinuedParameters()).Add(name[..star], extended, index, text);
        }
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
    private static bool TryParseContinuation(ReadOnlySpan<char> name, out int star, out double index, out bool extended)
    {
        index = 0;
        extended = false;
        star = name.IndexOf('*');
        if (star <= 0)
        {
            return false;
        }

        var tail = name[(star + 1)..];
        var digits = tail.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? tail.Length : digits;
        var rest = tail[digits..];
        if (rest is not ("" or "*"))
        {
            return false;
        }

        const int MaxIntegerDigits = 9;
        index = digits == 0 ? 0
            : digits <= MaxIntegerDigits ? int.Parse(tail[..digits], NumberStyles.None, CultureInfo.InvariantCulture)
            : double.Parse(tail[..digits], CultureInfo.InvariantCulture);

        // "name**" is a continuation without a charset; "name*" and "name*0*" announce one.
        extended = digits == 0 ? rest.Length == 0 : rest.Length == 1;
        return true;
    }

    private static byte[] CreateLowerCase()
    {
        var lowerCase = new byte[0x80];
        for (var character = '\0'; character < lowerCase.Length; character++)
        {
            if (HeaderName.IsOrdinary([character]))
            {
                lowerCase[character] = (byte)char.ToLowerInvariant(character);
            }
        }

        return lowerCase;
    }
}
