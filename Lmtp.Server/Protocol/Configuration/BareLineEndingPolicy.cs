namespace Lmtp.Server.Protocol.Configuration;

/// <summary>
/// What happens to a CR or LF inside a message that is not part of a CRLF. No policy lets one end a line of DATA.
/// </summary>
internal enum BareLineEndingPolicy
{
    /// <summary>Stored as received.</summary>
    Keep,

    /// <summary>Each becomes CRLF.</summary>
    Normalise,

    /// <summary>The message is refused with 550 5.6.11.</summary>
    Reject,
}
