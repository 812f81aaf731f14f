namespace Lmtp.Server.RateLimiting;

/// <summary>Whom limits count for. What is null does not take part.</summary>
public sealed record LimitSubject
{
    /// <summary>The client's address, IPv6 as the /64 network that it belongs to.</summary>
    public string? Client { get; init; }

    /// <summary>The envelope sender without tag; null for the null reverse-path.</summary>
    public string? Sender { get; init; }

    /// <summary>The domain of the envelope sender.</summary>
    public string? SenderDomain { get; init; }

    /// <summary>The id of the user who receives.</summary>
    public string? RecipientUser { get; init; }

    /// <summary>The domain of the recipient's address.</summary>
    public string? RecipientDomain { get; init; }

    /// <summary>The bytes of the message, when it has arrived.</summary>
    public long Size { get; init; }
}
