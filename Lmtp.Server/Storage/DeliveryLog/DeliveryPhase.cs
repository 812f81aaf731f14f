namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>Where an attempt to deliver ended.</summary>
public enum DeliveryPhase
{
    /// <summary>At RCPT: the recipient was refused.</summary>
    Rcpt,

    /// <summary>After the message.</summary>
    Message,
}
