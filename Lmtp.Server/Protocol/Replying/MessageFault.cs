using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Server.Protocol.Replying;

/// <summary>Why the protocol layer refuses a whole message while it arrives.</summary>
/// <param name="Name">A short name for logs and metrics.</param>
/// <param name="Text">Code, enhanced status code and text.</param>
/// <param name="Limit">The limit that the message is beyond, if that is the reason.</param>
internal sealed record MessageFault(string Name, string Text, LimitName? Limit = null)
{
    public static readonly MessageFault BareLineEnding =
        new("bare_line_ending", "550 5.6.11 The message holds a CR or LF that is not part of a CRLF");

    public static readonly MessageFault MailLoop =
        new("mail_loop", "554 5.4.6 Too many Received header lines, the message seems to loop", LimitName.MaxReceivedHeaders);

    public static readonly MessageFault IntakeFailed =
        new("intake_failed", "451 4.3.0 The message could not be taken in, try again later");

    public static MessageFault TooLarge(long limit) =>
        new("message_too_large", $"552 5.3.4 The message exceeds the limit of {limit} bytes", LimitName.MaxMessageSize);

    public static MessageFault HeaderTooLarge(int limit) =>
        new("header_too_large", $"552 5.3.4 The header of the message exceeds the limit of {limit} bytes", LimitName.MaxHeaderSize);
}
