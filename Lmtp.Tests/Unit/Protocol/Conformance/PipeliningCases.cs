using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>Batches of commands, and repeated recipients.</summary>
internal static class PipeliningCases
{
    private const string Go = "354 Send the message, end it with a line that holds a single dot⏎";
    private const string Stored = "250 2.1.5 Message stored as ID (session S)⏎";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 2920 batches", Start.Lhlo, [
            ("a whole transaction", "MAIL FROM:<s@a.test>⏎RCPT TO:<r@b.test>⏎DATA⏎hi⏎.⏎QUIT", "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Go + Stored + "221 2.0.0 Bye"),
            ("two transactions", "MAIL FROM:<>⏎RCPT TO:<r@b.test>⏎DATA⏎a⏎.⏎MAIL FROM:<>⏎RCPT TO:<r@b.test>⏎DATA⏎b⏎.⏎QUIT", "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Go + Stored + "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Go + Stored + "221 2.0.0 Bye"),
            ("errors in the middle keep the order", "NOOP⏎XYZZY⏎MAIL FROM:<>⏎RCPT TO:x⏎RCPT TO:<r@b.test>⏎NOOP", "250 2.0.0 OK⏎500 5.5.1 Command not recognised⏎250 2.1.0 Sender OK⏎501 5.5.4 Syntax: RCPT TO:<address> [parameters], no blank before the address⏎250 2.1.5 Recipient OK⏎250 2.0.0 OK"),
            ("all recipients refused, then DATA", "MAIL FROM:<>⏎RCPT TO:<rcpt-unknownrecipient@b.test>⏎DATA⏎RSET", "250 2.1.0 Sender OK⏎550 5.1.1 No such mailbox here: <rcpt-unknownrecipient@b.test>⏎503 5.5.1 No valid recipients⏎250 2.0.0 Transaction forgotten"),
            ("thirty refused transactions are no mistakes of the client", string.Concat(Enumerable.Repeat("MAIL FROM:<>⏎RCPT TO:<rcpt-unknownrecipient@b.test>⏎DATA⏎RSET⏎", 30)), string.Concat(Enumerable.Repeat("250 2.1.0 Sender OK⏎550 5.1.1 No such mailbox here: <rcpt-unknownrecipient@b.test>⏎503 5.5.1 No valid recipients⏎250 2.0.0 Transaction forgotten⏎", 30))),
            ("a hundred NOOPs", string.Concat(Enumerable.Repeat("NOOP⏎", 100)), string.Concat(Enumerable.Repeat("250 2.0.0 OK⏎", 100))),
            ("BDAT with everything before and behind", "MAIL FROM:<>⏎RCPT TO:<r@b.test>⏎BDAT 2 LAST⏎hiMAIL FROM:<>⏎RSET", "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Stored + "250 2.1.0 Sender OK⏎250 2.0.0 Transaction forgotten"),
        ]),
        .. Group("RFC 2033 4.2 one reply for each recipient", Start.Rcpt, [
            ("two", "RCPT TO:<q@b.test>⏎DATA⏎x⏎.⏎", "250 2.1.5 Recipient OK⏎" + Go + Stored + Stored),
            ("the same one twice", "RCPT TO:<r@b.test>⏎DATA⏎x⏎.⏎", "250 2.1.5 Recipient OK⏎" + Go + Stored + Stored),
            ("five", "RCPT TO:<a@b.test>⏎RCPT TO:<b@b.test>⏎RCPT TO:<c@b.test>⏎RCPT TO:<d@b.test>⏎DATA⏎x⏎.⏎", string.Concat(Enumerable.Repeat("250 2.1.5 Recipient OK⏎", 4)) + Go + string.Concat(Enumerable.Repeat(Stored, 5))),
            ("refused ones get none", "RCPT TO:<rcpt-mailboxdisabled@b.test>⏎RCPT TO:<q@b.test>⏎DATA⏎x⏎.⏎", "550 5.2.1 The mailbox is disabled: <rcpt-mailboxdisabled@b.test>⏎250 2.1.5 Recipient OK⏎" + Go + Stored + Stored),
            ("good, full, good", "RCPT TO:<data-mailboxfullpermanent@b.test>⏎RCPT TO:<q@b.test>⏎DATA⏎x⏎.⏎", "250 2.1.5 Recipient OK⏎250 2.1.5 Recipient OK⏎" + Go + Stored + "552 5.2.2 The mailbox is full: <data-mailboxfullpermanent@b.test> (session S)⏎" + Stored),
            ("one that throws touches no other", "RCPT TO:<data-throws@b.test>⏎RCPT TO:<q@b.test>⏎DATA⏎x⏎.⏎NOOP", "250 2.1.5 Recipient OK⏎250 2.1.5 Recipient OK⏎" + Go + Stored + "451 4.3.0 Temporary failure, try again later: <data-throws@b.test> (session S)⏎" + Stored + "250 2.0.0 OK"),
        ]),
    ];
}
