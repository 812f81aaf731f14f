namespace MongoDB.Driver;

/// <summary>The kinds of errors that callers tell apart.</summary>
public enum ServerErrorCategory
{
    /// <summary>Anything else.</summary>
    Uncategorized,
    /// <summary>A unique index would have been broken.</summary>
    DuplicateKey,
    /// <summary>The time limit of the operation was reached.</summary>
    ExecutionTimeout,
}
