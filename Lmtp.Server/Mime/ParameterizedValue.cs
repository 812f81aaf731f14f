namespace Lmtp.Server.Mime;

/// <summary>A Content-Type or Content-Disposition value with its parameters.</summary>
public readonly record struct ParameterizedValue
{
    internal ParameterizedValue(string value, string type, string subtype, ParameterList parameters)
    {
        Value = value;
        Type = type;
        Subtype = subtype;
        Parameters = parameters;
    }

    /// <summary>What a part without Content-Type is.</summary>
    public static ParameterizedValue TextPlain { get; } = new("text/plain", "text", "plain", default);

    /// <summary>Everything before the first semicolon, in the case received.</summary>
    public string Value { get; }

    /// <summary>The part of the value before the first slash, in lower case.</summary>
    public string Type { get; }

    /// <summary>The part of the value behind the first slash, in the case received.</summary>
    public string Subtype { get; }

    /// <summary>The parameters in the order in which WildDuck enumerates them.</summary>
    public ParameterList Parameters { get; }

    /// <summary>Parses a header value. Never fails: whatever cannot be understood is left out.</summary>
    public static ParameterizedValue Parse(ReadOnlySpan<char> headerValue)
    {
        ParameterTable? table = null;
        return ParameterizedValueParser.Parse(headerValue, ref table);
    }
}
