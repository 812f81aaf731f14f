using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>Both sides of every limit that counts bytes or things.</summary>
internal static class LimitCases
{
    private const string Ok = "250 2.0.0 OK";
    private const string Go = "354 Send the message, end it with a line that holds a single dot⏎";
    private const string Stored = "250 2.1.5 Message stored as ID (session S)⏎";
    private const string TooLong = "500 5.5.2 Command line too long, the limit is 512 bytes";
    private const string TooLarge = "552 5.3.4 The message exceeds the limit of 4096 bytes: <r@b.test> (session S)⏎";
    private const string TooManyErrors = "421 4.7.0 Too many bad commands, closing the connection";
    private const string Unknown = "500 5.5.1 Command not recognised⏎";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 5321 4.5.3.1.4 command line", Start.Lhlo, [
            ("512 bytes", "NOOP " + new string('x', 505), Ok),
            ("513 bytes", "NOOP " + new string('x', 506), TooLong),
            ("513 bytes of UTF-8", "NOOP " + new string('x', 504) + "ü", TooLong),
            ("2 kB", "NOOP " + new string('x', 2000), TooLong),
            ("2 kB, and the command after it", "NOOP " + new string('x', 2000) + "⏎NOOP", TooLong + "⏎" + Ok),
            ("20 kB, and the command after it", "NOOP " + new string('x', 20_000) + "⏎NOOP", TooLong + "⏎" + Ok),
            ("a command hidden in the tail of a long line", new string('x', 600) + " MAIL FROM:<>⏎RCPT TO:<r@b.test>", TooLong + "⏎503 5.5.1 Send MAIL first"),
            ("a long line full of CR", "NOOP " + new string('\r', 2000) + "⏎NOOP", TooLong + "⏎" + Ok),
            ("a line that never ends", new string('x', 400_000) + "∎", "421 4.7.0 That command line does not end, closing the connection"),
        ]),
        .. Group("RFC 1870 6.1 message size", Start.Rcpt, [
            ("exactly the limit", "DATA⏎" + Lines(4096) + ".⏎NOOP", Go + Stored + Ok),
            ("one byte more", "DATA⏎" + Lines(4097) + ".⏎NOOP", Go + TooLarge + Ok),
            ("stuffed dots do not count", "DATA⏎⏎.." + new string('x', 4091) + "⏎.⏎NOOP", Go + Stored + Ok),
            ("far too large", "DATA⏎" + Lines(40_000) + ".⏎NOOP", Go + TooLarge + Ok),
            ("each recipient is told", "RCPT TO:<q@b.test>⏎DATA⏎" + Lines(8_000) + ".⏎", "250 2.1.5 Recipient OK⏎" + Go + TooLarge + TooLarge.Replace("<r@", "<q@", StringComparison.Ordinal)),
            ("the next transaction works", "DATA⏎" + Lines(8_000) + ".⏎MAIL FROM:<>⏎RCPT TO:<r@b.test>⏎DATA⏎x⏎.⏎", Go + TooLarge + "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Go + Stored),
            ("a smaller SIZE= does not help", "RSET⏎MAIL FROM:<> SIZE=10⏎RCPT TO:<r@b.test>⏎DATA⏎" + Lines(8_000) + ".⏎", "250 2.0.0 Transaction forgotten⏎250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Go + TooLarge),
        ]),
        .. Group("header size", Start.Rcpt, [
            ("exactly the limit", "DATA⏎" + Header(2048) + "x⏎.⏎", Go + Stored),
            ("one byte more", "DATA⏎" + Header(2049) + "x⏎.⏎NOOP", Go + "552 5.3.4 The header of the message exceeds the limit of 2048 bytes: <r@b.test> (session S)⏎" + Ok),
            ("a long body is no header", "DATA⏎A: b⏎⏎" + Lines(4000) + ".⏎", Go + Stored),
            ("a body behind bare LFs is no header", "DATA⏎A: b\n\n" + Lines(4000) + ".⏎", Go + Stored),
        ]),
        .. Group("RFC 5321 6.3 loops", Start.Rcpt, [
            ("ten Received lines", "DATA⏎" + string.Concat(Enumerable.Repeat("Received: from x⏎", 10)) + "⏎.⏎", Go + Stored),
            ("eleven Received lines", "DATA⏎" + string.Concat(Enumerable.Repeat("RECEIVED: from x⏎", 11)) + "⏎.⏎NOOP", Go + "554 5.4.6 Too many Received header lines, the message seems to loop: <r@b.test> (session S)⏎" + Ok),
            ("Received lines in the body do not count", "DATA⏎⏎" + string.Concat(Enumerable.Repeat("Received: from x⏎", 20)) + ".⏎", Go + Stored),
            ("other names do not count", "DATA⏎" + string.Concat(Enumerable.Repeat("Received-SPF: pass⏎X-Received: x⏎", 11)) + "⏎.⏎", Go + Stored),
            ("folded lines do not count", "DATA⏎A: b⏎" + string.Concat(Enumerable.Repeat(" Received: x⏎", 20)) + "⏎.⏎", Go + Stored),
        ]),
        .. Group("RFC 5321 4.5.3.1.10 recipients", Start.Mail, [
            ("five", Recipients(5), string.Concat(Enumerable.Repeat("250 2.1.5 Recipient OK⏎", 5))),
            ("a sixth", Recipients(6), string.Concat(Enumerable.Repeat("250 2.1.5 Recipient OK⏎", 5)) + "452 4.5.3 Too many recipients, send the rest in another transaction"),
            ("the five get their mail", Recipients(6) + "DATA⏎x⏎.⏎", string.Concat(Enumerable.Repeat("250 2.1.5 Recipient OK⏎", 5)) + "452 4.5.3 Too many recipients, send the rest in another transaction⏎" + Go + string.Concat(Enumerable.Repeat(Stored, 5))),
            ("refused ones do not count", string.Concat(Enumerable.Repeat("RCPT TO:<rcpt-mailboxdisabled@b.test>⏎", 6)) + "RCPT TO:<r@b.test>", string.Concat(Enumerable.Repeat("550 5.2.1 The mailbox is disabled: <rcpt-mailboxdisabled@b.test>⏎", 6)) + "250 2.1.5 Recipient OK"),
        ]),
        .. Group("messages in one connection", Start.Lhlo, [
            ("three", Transactions(3), Answers(3)),
            ("a fourth", Transactions(3) + "MAIL FROM:<>⏎NOOP", Answers(3) + "421 4.7.0 Too many messages in one connection, connect again for more"),
        ]),
        .. Group("bad commands", Start.Lhlo, [
            ("eleven", string.Concat(Enumerable.Repeat("XYZZY⏎", 11)) + "NOOP", string.Concat(Enumerable.Repeat(Unknown, 11)) + Ok),
            ("twelve", string.Concat(Enumerable.Repeat("XYZZY⏎", 12)) + "NOOP", string.Concat(Enumerable.Repeat(Unknown, 12)) + TooManyErrors),
            ("thirty", string.Concat(Enumerable.Repeat("XYZZY⏎", 30)), string.Concat(Enumerable.Repeat(Unknown, 12)) + TooManyErrors),
            ("a message in between clears them", string.Concat(Enumerable.Repeat("XYZZY⏎", 11)) + Transactions(1) + "XYZZY⏎NOOP", string.Concat(Enumerable.Repeat(Unknown, 11)) + Answers(1) + Unknown + Ok),
            ("unknown recipients are not counted", "MAIL FROM:<>⏎" + string.Concat(Enumerable.Repeat("RCPT TO:<rcpt-unknownrecipient@b.test>⏎", 20)), "250 2.1.0 Sender OK⏎" + string.Concat(Enumerable.Repeat("550 5.1.1 No such mailbox here: <rcpt-unknownrecipient@b.test>⏎", 20))),
        ]),
    ];

    /// <summary>That many bytes in lines, the header ended at once.</summary>
    private static string Lines(int bytes) => "⏎" + new string('x', bytes - 4) + "⏎";

    /// <summary>A header section of that many bytes, its empty line included.</summary>
    private static string Header(int bytes) => "A: " + new string('x', bytes - 7) + "⏎⏎";

    private static string Recipients(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"RCPT TO:<r{i}@b.test>⏎"));

    private static string Transactions(int count) =>
        string.Concat(Enumerable.Repeat("MAIL FROM:<>⏎RCPT TO:<r@b.test>⏎DATA⏎x⏎.⏎", count));

    private static string Answers(int count) =>
        string.Concat(Enumerable.Repeat("250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Go + Stored, count));
}
