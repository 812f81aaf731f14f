using Lmtp.Server.Delivery;

namespace Lmtp.Server.Protocol.Replying;

/// <summary>What the client is told about a recipient, at RCPT and after the message.</summary>
internal static class RecipientReplies
{
    private static readonly Reply RecipientOk = Reply.Fixed("250 2.1.5 Recipient OK"u8);

    /// <summary>The answer to RCPT.</summary>
    public static Reply AtRcpt(in RecipientVerdict verdict, string address, bool utf8) =>
        verdict.Status == DeliveryStatus.Accepted
            ? RecipientOk
            : Reply.Text(DeliveryReplyText.AtRcpt(verdict, address), utf8);

    /// <summary>The answer after DATA or the last chunk; it carries the session id.</summary>
    public static Reply AtEndOfMessage(in DeliveryOutcome outcome, string address, string sessionId, bool utf8) =>
        Reply.Text(DeliveryReplyText.AtEndOfMessage(outcome, address, sessionId), utf8);

    /// <summary>The answer after a message that the protocol layer itself refused, one for each recipient.</summary>
    public static Reply Refused(MessageFault fault, string address, string sessionId, bool utf8) =>
        Reply.Text($"{fault.Text}: <{address}> (session {sessionId})", utf8);
}
