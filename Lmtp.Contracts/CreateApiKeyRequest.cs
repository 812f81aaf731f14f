namespace Lmtp.Contracts;

/// <summary>An API key to be made.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>What it is for, 1 to 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary><c>read</c>, <c>write</c> or <c>admin</c>; each holds those before it.</summary>
    public required string Scope { get; init; }

    /// <summary>When it stops being let in; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }
}
