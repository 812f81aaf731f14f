namespace Lmtp.Server.RateLimiting;

/// <summary>When a limit is looked at. All limits of a step are checked by one call.</summary>
public enum LimitStep
{
    /// <summary>A client connects.</summary>
    Connection,

    /// <summary>MAIL begins a transaction.</summary>
    Transaction,

    /// <summary>A transaction has its first recipient: it becomes a message.</summary>
    Message,

    /// <summary>Each recipient that is accepted.</summary>
    Recipient,

    /// <summary>The bytes of a message have arrived, once however many recipients there are.</summary>
    Content,

    /// <summary>The bytes of a message have arrived, for each recipient.</summary>
    Copy,
}
