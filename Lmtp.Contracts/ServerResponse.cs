namespace Lmtp.Contracts;

/// <summary>What server answers, and where.</summary>
public sealed record ServerResponse
{
    /// <summary>The server's version.</summary>
    public required string Version { get; init; }

    /// <summary>The runtime and its version.</summary>
    public required string Runtime { get; init; }

    /// <summary>The operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>When the process started.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>The addresses at which the server listens.</summary>
    public IReadOnlyList<ListenerResponse> Listeners { get; init; } = [];
}
