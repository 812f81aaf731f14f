namespace Lmtp.Server.Delivery;

/// <summary>The texts that a client gets about a recipient: code, enhanced status code and words. The log keeps them too.</summary>
internal static class DeliveryReplyText
{
    /// <summary>The refusal of a transaction, in answer to MAIL.</summary>
    public static string AtMail(in TransactionVerdict verdict)
    {
        var text = Refusal(verdict.Status);
        return WithWait(verdict.Detail is null ? text : $"{text}: {verdict.Detail}", verdict.RetryAfter);
    }

    /// <summary>The answer to RCPT.</summary>
    public static string AtRcpt(in RecipientVerdict verdict, string address)
    {
        if (verdict.Status == DeliveryStatus.Accepted)
        {
            return "250 2.1.5 Recipient OK";
        }

        return WithWait(WithDetail($"{Refusal(verdict.Status)}: <{address}>", verdict.Detail), verdict.RetryAfter);
    }

    /// <summary>The answer after the message.</summary>
    public static string AtEndOfMessage(in DeliveryOutcome outcome, string address, string sessionId)
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
        return $"{WithDetail(text, outcome.Detail)} (session {sessionId})";
    }

    private static string WithWait(string text, TimeSpan? wait) =>
        wait is { } time ? $"{text} (try again in {Math.Max(1, (long)Math.Ceiling(time.TotalSeconds))} s)" : text;

    private static string WithDetail(string text, string? detail) => string.IsNullOrEmpty(detail) ? text : $"{text} {detail}";

    private static string Refusal(DeliveryStatus status) => status switch
    {
        DeliveryStatus.UnknownRecipient => "550 5.1.1 No such mailbox here",
        DeliveryStatus.ForwardingLoop => "554 5.4.6 The message is forwarded in a circle",
        DeliveryStatus.MailboxDisabled => "550 5.2.1 The mailbox is disabled",
        DeliveryStatus.MailboxFullTemporary => "452 4.2.2 The mailbox is full",
        DeliveryStatus.MailboxFullPermanent => "552 5.2.2 The mailbox is full",
        DeliveryStatus.MessageTooLarge => "552 5.3.4 The message is too large",
        DeliveryStatus.MessageTooComplex => "554 5.6.0 The message is nested too deep",
        DeliveryStatus.RejectedByFilter => "550 5.7.1 Refused by a filter of the recipient",
        DeliveryStatus.RateLimited => "451 4.7.1 Rate limit reached",
        DeliveryStatus.UserBusy => "451 4.3.2 Too many deliveries to this mailbox at once",
        DeliveryStatus.InProgressElsewhere => "451 4.3.0 This message is being delivered by another server just now",
        _ => "451 4.3.0 Temporary failure, try again later",
    };
}
