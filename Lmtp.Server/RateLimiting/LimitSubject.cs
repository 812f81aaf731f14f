namespace Lmtp.Server.RateLimiting;

/// <summary>Whom limits count for. What is null does not take part.</summary>
public sealed record LimitSubject
{
    /// <summary>The client's address, of IPv6 that of the /64 network.</summary>
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

    /// <summary>The subject of one kind alone.</summary>
    public static LimitSubject Of(LimitedParty party, string name) => party switch
    {
        LimitedParty.Client => new() { Client = name },
        LimitedParty.Sender => new() { Sender = name },
        LimitedParty.SenderDomain => new() { SenderDomain = name },
        LimitedParty.RecipientUser => new() { RecipientUser = name },
        _ => new() { RecipientDomain = name },
    };

    /// <summary>The name of one of them, or null.</summary>
    public string? NameOf(LimitedParty party) => party switch
    {
        LimitedParty.Client => Client,
        LimitedParty.Sender => Sender,
        LimitedParty.SenderDomain => SenderDomain,
        LimitedParty.RecipientUser => RecipientUser,
        _ => RecipientDomain,
    };
}
