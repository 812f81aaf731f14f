namespace MimeKit;

/// <summary>A text is not what it should be.</summary>
public class ParseException : FormatException
{
    /// <summary>Names the place of the fault.</summary>
    public ParseException(string message, int tokenIndex, int errorIndex)
        : base(message)
    {
        TokenIndex = tokenIndex;
        ErrorIndex = errorIndex;
    }

    /// <summary>Where the token begins.</summary>
    public int TokenIndex { get; }

    /// <summary>Where the fault is.</summary>
    public int ErrorIndex { get; }
}
