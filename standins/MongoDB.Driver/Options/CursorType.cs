namespace MongoDB.Driver;

/// <summary>What happens at the end of the results.</summary>
public enum CursorType
{
    /// <summary>The cursor ends.</summary>
    NonTailable,
    /// <summary>The cursor stays for what comes.</summary>
    Tailable,
    /// <summary>The cursor stays, and asking for more waits a while.</summary>
    TailableAwait,
}
