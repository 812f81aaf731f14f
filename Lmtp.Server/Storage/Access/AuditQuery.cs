namespace Lmtp.Server.Storage.Access;

/// <summary>What to look for in the audit log; null: anything.</summary>
internal sealed record AuditQuery
{
    public string? Actor { get; init; }

    public string? Operation { get; init; }

    public string? Target { get; init; }

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which the changes were made.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether request and states are read, too.</summary>
    public bool WithStates { get; init; } = true;
}
