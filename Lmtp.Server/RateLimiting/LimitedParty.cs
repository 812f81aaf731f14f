namespace Lmtp.Server.RateLimiting;

/// <summary>What kind of subject a limit counts for.</summary>
public enum LimitedParty
{
    /// <summary>A client address; of IPv6 the /64 network, which one host has to itself.</summary>
    Client,

    /// <summary>An envelope sender.</summary>
    Sender,

    /// <summary>The domain of envelope senders.</summary>
    SenderDomain,

    /// <summary>A user who receives.</summary>
    RecipientUser,

    /// <summary>The domain of recipients.</summary>
    RecipientDomain,
}
