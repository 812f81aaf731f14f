using Lmtp.Server.Delivery;

namespace Lmtp.Server.Protocol.Replying;

/// <summary>What the client is told about a recipient, at RCPT and after the message.</summary>
internal static class RecipientReplies
{
    private static readonly Reply RecipientOk = Reply.Fixed("250 2.1.5 Recipient OK"u8);

    /// <summary>The answer to RCPT.</summary>
    public static Reply AtRcpt(in RecipientVerdict verdict, string address, bool utf8)
    {
        if (verdict.Status == DeliveryStatus.Accepted)
        {
            return RecipientOk;
        }

        var text = $"{Refusal(verdict.Status)}: <{address}>";
        if (verdict.Detail is { Length: > 0 } detail)
        {
            text = $"{text} {detail}";
        }

        if (verdict.RetryAfter is { } wait)
        {
            text = $"{text} (try again in {Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))} s)";
        }

        return Reply.Text(text, utf8);
    }

    /// <summary>The answer after DATA or the last chunk; it carries the session id.</summary>
    public static Reply AtEndOfMessage(in DeliveryOutcome outcome, string address, string sessionId, bool utf8)
    {
        var text = outcome.Status switch
        {
            DeliveryStatus.Accepted or DeliveryStatus.Stored => $"250 2.1.5 Message stored as {outcome.MessageId}",
            DeliveryStatus.Duplicate => $"250 2.1.5 Message dropped as duplicate of {outcome.MessageId}",
            DeliveryStatus.Dropped => $"250 2.1.5 Message dropped by policy as {outcome.MessageId}",
            DeliveryStatus.Forwarded => outcome.MessageId is null
                ? "250 2.1.5 Message forwarded"
                : $"250 2.1.5 Message forwarded as {outcome.MessageId}",
            _ => $"{Refusal(outcome.Status)}: <{address}>",
        };
        if (outcome.Detail is { Length: > 0 } detail)
        {
            text = $"{text} {detail}";
        }

        return Reply.Text($"{text} (session {sessionId})", utf8);
    }

    /// <summary>The answer after a message that the protocol layer itself refused, one for each recipient.</summary>
    public static Reply Refused(MessageFault fault, string address, string sessionId, bool utf8) =>
        Reply.Text($"{fault.Text}: <{address}> (session {sessionId})", utf8);

    private static string Refusal(DeliveryStatus status) => status switch
    {
        DeliveryStatus.UnknownRecipient => "550 5.1.1 No such mailbox here",
        DeliveryStatus.ForwardingUnavailable => "451 4.3.5 Forwarding addresses are not served by this server",
        DeliveryStatus.MailboxDisabled => "550 5.2.1 The mailbox is disabled",
        DeliveryStatus.MailboxFullTemporary => "452 4.2.2 The mailbox is full",
        DeliveryStatus.MailboxFullPermanent => "552 5.2.2 The mailbox is full",
        DeliveryStatus.MessageTooLarge => "552 5.3.4 The message is too large",
        DeliveryStatus.MessageTooComplex => "554 5.6.0 The message is nested too deep",
        DeliveryStatus.RejectedByFilter => "550 5.7.1 Refused by a filter of the recipient",
        DeliveryStatus.RateLimited => "451 4.7.1 Too much mail for this recipient just now",
        DeliveryStatus.UserBusy => "451 4.3.2 Too many deliveries to this mailbox at once",
        DeliveryStatus.InProgressElsewhere => "451 4.3.0 This message is being delivered by another server just now",
        _ => "451 4.3.0 Temporary failure, try again later",
    };
}
