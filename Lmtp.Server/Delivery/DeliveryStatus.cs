namespace Lmtp.Server.Delivery;

/// <summary>
/// Every way in which one recipient's delivery can end. The LMTP reply, the log event, the metric's
/// <c>error.type</c> and the delivery log entry are all derived from this value.
/// </summary>
public enum DeliveryStatus
{
    /// <summary>The recipient may receive mail (the answer to RCPT). 250 2.1.5.</summary>
    Accepted,

    /// <summary>Stored and acknowledged by the database. 250 2.1.5.</summary>
    Stored,

    /// <summary>The target mailbox already has this message; nothing was stored. 250 2.1.5.</summary>
    Duplicate,

    /// <summary>A filter of the user dropped the message. 250 2.1.5.</summary>
    Dropped,

    /// <summary>Handed on to other addresses, nothing stored here. 250 2.1.5.</summary>
    Forwarded,

    /// <summary>No such address. 550 5.1.1.</summary>
    UnknownRecipient,

    /// <summary>The message has been forwarded to the same targets before: it runs in a circle. 554 5.4.6.</summary>
    ForwardingLoop,

    /// <summary>The user is disabled. 550 5.2.1.</summary>
    MailboxDisabled,

    /// <summary>The mailbox is full; trying again later may help. 452 4.2.2.</summary>
    MailboxFullTemporary,

    /// <summary>The mailbox is full for good, or the message is larger than the whole quota. 552 5.2.2.</summary>
    MailboxFullPermanent,

    /// <summary>The message is larger than the server takes or the database can hold. 552 5.3.4.</summary>
    MessageTooLarge,

    /// <summary>The message is nested too deep to be stored. 554 5.6.0.</summary>
    MessageTooComplex,

    /// <summary>A filter of the user refused the message. 550 5.7.1.</summary>
    RejectedByFilter,

    /// <summary>A rate limit was hit. 451 4.7.1.</summary>
    RateLimited,

    /// <summary>Too many deliveries for this user at once. 451 4.3.2.</summary>
    UserBusy,

    /// <summary>Another server is delivering these very bytes just now. 451 4.3.0.</summary>
    InProgressElsewhere,

    /// <summary>The database, or something else we depend on, is away or failed. 451 4.3.0.</summary>
    TemporaryFailure,
}
