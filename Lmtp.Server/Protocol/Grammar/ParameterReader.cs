using System.Text;

namespace Lmtp.Server.Protocol.Grammar;

/// <summary>
/// Walks over the parameters of MAIL and RCPT: <c>SP keyword ["=" value]</c>, RFC 5321 section 4.1.2. Nothing is
/// copied.
/// </summary>
internal ref struct ParameterReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>The keyword of the current parameter, as written.</summary>
    public ReadOnlySpan<byte> Keyword { get; private set; }

    /// <summary>The value of the current parameter; empty when it has none.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the current parameter has an equals sign.</summary>
    public bool HasValue { get; private set; }

    /// <summary>Whether the input breaks the grammar at the place that was reached.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next parameter; false at the end and where the grammar is broken.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest[0] != ' ')
        {
            IsMalformed = true;
            return false;
        }

        _rest = _rest.TrimStart((byte)' ');
        var end = _rest.IndexOf((byte)' ');
        var parameter = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[end..];

        var equals = parameter.IndexOf((byte)'=');
        Keyword = equals < 0 ? parameter : parameter[..equals];
        Value = equals < 0 ? default : parameter[(equals + 1)..];
        HasValue = equals >= 0;
        IsMalformed = !IsKeyword(Keyword) || (HasValue && !IsValue(Value));
        return !IsMalformed;
    }

    /// <summary>Whether the current keyword is this one, whatever its case.</summary>
    public readonly bool Is(ReadOnlySpan<byte> keyword) => Ascii.EqualsIgnoreCase(Keyword, keyword);

    /// <summary>The keyword for a reply.</summary>
    public readonly string KeywordText => Encoding.ASCII.GetString(Keyword).ToUpperInvariant();

    private static bool IsKeyword(ReadOnlySpan<byte> keyword)
    {
        if (keyword.IsEmpty || !char.IsAsciiLetterOrDigit((char)keyword[0]))
        {
            return false;
        }

        foreach (var b in keyword)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>esmtp-value: no control character, no blank, no equals sign; UTF-8 as RFC 6531 section 3.3 adds.</summary>
    private static bool IsValue(ReadOnlySpan<byte> value) => !value.IsEmpty && !value.Contains((byte)'=');
}
