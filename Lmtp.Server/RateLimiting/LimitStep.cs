namespace Lmtp.Server.RateLimiting;

/// <summary>When a limit is looked at. All limits of a step are checked by one call.</summary>
public enum LimitStep
{
    /// <summary>A client connects.</summary>
    Connection,

    /// <summary>A transaction has its first recipient.</summary>
    Transaction,

    /// <summary>Each RCPT.</summary>
    Recipient,

    /// <summary>A message has arrived, for each recipient.</summary>
    Message,
}
