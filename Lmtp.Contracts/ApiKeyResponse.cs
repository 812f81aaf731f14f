namespace Lmtp.Contracts;

/// <summary>An API key, without the key itself, which nobody knows but who made it.</summary>
public record ApiKeyResponse
{
    /// <summary>The key's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary><c>read</c>, <c>write</c> or <c>admin</c>; each holds those before it.</summary>
    public required string Scope { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it stops being let in, or null.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was revoked, or null.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>When it was used last, exact to a minute; null: never.</summary>
    public DateTimeOffset? LastUsed { get; init; }
}
