using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>DATA: the end, the dots, and what is stored.</summary>
internal static class DataCases
{
    private const string Go = "354 Send the message, end it with a line that holds a single dot";
    private const string Stored = "250 2.1.5 Message stored as ID (session S)";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 5321 4.1.1.4 DATA", Start.Rcpt, [
            ("with an argument", "DATA foo", "501 5.5.4 This command takes no argument"),
            ("with an argument, and then without", "DATA foo⏎DATA⏎.⏎", "501 5.5.4 This command takes no argument⏎" + Go + "⏎" + Stored),
            ("in lower case", "data⏎.⏎", Go + "⏎" + Stored),
            ("commands inside are data", "DATA⏎QUIT⏎RSET⏎.⏎NOOP", Go + "⏎" + Stored + "⏎250 2.0.0 OK"),
            ("cut off in the middle", "DATA⏎hello⏎wor∎", Go),
            ("cut off before the final LF", "DATA⏎hello⏎.\r∎", Go),
            ("the transaction is over afterwards", "DATA⏎.⏎DATA", Go + "⏎" + Stored + "⏎503 5.5.1 Send MAIL first"),
            ("two messages in one session", "DATA⏎a⏎.⏎MAIL FROM:<>⏎RCPT TO:<q@b.test>⏎DATA⏎b⏎.⏎", Go + "⏎" + Stored + "⏎250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Go + "⏎" + Stored),
        ]),
        .. Messages("RFC 5321 4.5.2 transparency", [
            ("a plain message", "a⏎b⏎.⏎", "a⏎b⏎"),
            ("the empty message", ".⏎", ""),
            ("one empty line", "⏎.⏎", "⏎"),
            ("a stuffed dot", "..⏎.⏎", ".⏎"),
            ("a stuffed dot before text", "..a⏎.⏎", ".a⏎"),
            ("two stuffed dots", "...⏎.⏎", "..⏎"),
            ("a dot that was not stuffed", ".b⏎.⏎", "b⏎"),
            ("a dot and a blank", ". ⏎.⏎", " ⏎"),
            ("a dot in the middle of a line", "a.b⏎.⏎", "a.b⏎"),
            ("a dot at the end of a line", "a.⏎.⏎", "a.⏎"),
            ("a stuffed line after an empty one", "⏎..⏎⏎.⏎", "⏎.⏎⏎"),
            ("many stuffed lines", "..⏎..⏎..⏎.⏎", ".⏎.⏎.⏎"),
            ("a dot and CR CR LF", ".\r⏎.⏎", "\r⏎"),
            ("a dot, CR and text", ".\rx⏎.⏎", "\rx⏎"),
            ("CR before a CRLF", "a\r⏎.⏎", "a\r⏎"),
            ("CR CR CR LF", "a\r\r⏎.⏎", "a\r\r⏎"),
            ("8-bit bytes", "\uE0FF\uE080⏎.⏎", "\uE0FF\uE080⏎"),
            ("NUL bytes", "a\0b⏎.⏎", "a\0b⏎"),
            ("every control character but CR and LF", "\u0001\u0002\u0003\t\u000b\u000c\u001a\u001b\u007f⏎.⏎", "\u0001\u0002\u0003\t\u000b\u000c\u001a\u001b\u007f⏎"),
            ("a line of 3000", new string('x', 1500) + "⏎⏎" + new string('y', 1500) + "⏎.⏎", new string('x', 1500) + "⏎⏎" + new string('y', 1500) + "⏎"),
            ("text without a header", "just text⏎.⏎", "just text⏎"),
            ("UTF-8 in the header without SMTPUTF8", "Subject: grüße⏎⏎.⏎", "Subject: grüße⏎⏎"),
        ]),
    ];
}
