using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>Every outcome of a delivery.</summary>
internal static class OutcomeCases
{
    public static IEnumerable<ConformanceCase> All => Group("RFC 3463 outcomes after the message", Start.Mail,
    [
        .. Outcomes.Select(outcome => (
            outcome.Status,
            $"RCPT TO:<data-{outcome.Status}@b.test>⏎DATA⏎x⏎.⏎NOOP",
            "250 2.1.5 Recipient OK⏎354 Send the message, end it with a line that holds a single dot⏎"
                + $"{outcome.Reply} (session S)⏎250 2.0.0 OK")),
    ]);

    private static (string Status, string Reply)[] Outcomes =>
    [
        ("stored", "250 2.1.5 Message stored as ID"),
        ("duplicate", "250 2.1.5 Message dropped as duplicate of ID"),
        ("dropped", "250 2.1.5 Message dropped by policy as ID"),
        ("forwarded", "250 2.1.5 Message forwarded as ID"),
        ("unknownrecipient", "550 5.1.1 No such mailbox here: <data-unknownrecipient@b.test>"),
        ("forwardingloop", "554 5.4.6 The message is forwarded in a circle: <data-forwardingloop@b.test>"),
        ("mailboxdisabled", "550 5.2.1 The mailbox is disabled: <data-mailboxdisabled@b.test>"),
        ("mailboxfulltemporary", "452 4.2.2 The mailbox is full: <data-mailboxfulltemporary@b.test>"),
        ("mailboxfullpermanent", "552 5.2.2 The mailbox is full: <data-mailboxfullpermanent@b.test>"),
        ("messagetoolarge", "552 5.3.4 The message is too large: <data-messagetoolarge@b.test>"),
        ("messagetoocomplex", "554 5.6.0 The message is nested too deep: <data-messagetoocomplex@b.test>"),
        ("rejectedbyfilter", "550 5.7.1 Refused by a filter of the recipient: <data-rejectedbyfilter@b.test>"),
        ("ratelimited", "451 4.7.1 Rate limit reached: <data-ratelimited@b.test>"),
        ("userbusy", "451 4.3.2 Too many deliveries to this mailbox at once: <data-userbusy@b.test>"),
        ("inprogresselsewhere", "451 4.3.0 This message is being delivered by another server just now: <data-inprogresselsewhere@b.test>"),
        ("temporaryfailure", "451 4.3.0 Temporary failure, try again later: <data-temporaryfailure@b.test>"),
    ];
}
