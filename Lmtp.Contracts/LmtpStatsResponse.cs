namespace Lmtp.Contracts;

/// <summary>What the LMTP side of this process has done since it started.</summary>
public sealed record LmtpStatsResponse
{
    /// <summary>When counting began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Sessions open just now.</summary>
    public long ActiveSessions { get; init; }

    /// <summary>Connections made: those that became sessions and those that were refused.</summary>
    public required RateResponse Connections { get; init; }

    /// <summary>Sessions begun.</summary>
    public required RateResponse Sessions { get; init; }

    /// <summary>Connections refused before a session.</summary>
    public required RateResponse RejectedConnections { get; init; }

    /// <summary>Messages received.</summary>
    public required RateResponse Messages { get; init; }

    /// <summary>Bytes of the messages received.</summary>
    public required RateResponse Bytes { get; init; }

    /// <summary>Final answers for recipients, by outcome.</summary>
    public IReadOnlyDictionary<string, RateResponse> Recipients { get; init; } = new Dictionary<string, RateResponse>();
}
