using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>The three policies for a CR or LF that is not part of a CRLF.</summary>
internal static class LineEndingCases
{
    private const string Go = "354 Send the message, end it with a line that holds a single dot⏎";
    private const string Refused = "550 5.6.11 The message holds a CR or LF that is not part of a CRLF: <r@b.test> (session S)⏎250 2.0.0 OK";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Messages("bare line ends, keep", [
            ("LF", "a\nb⏎.⏎", "a\nb⏎"),
            ("CR", "a\rb⏎.⏎", "a\rb⏎"),
            ("LF CR", "a\n\rb⏎.⏎", "a\n\rb⏎"),
        ]),
        .. Messages("bare line ends, normalise", [
            ("nothing to do", "a⏎b⏎.⏎", "a⏎b⏎"),
            ("LF", "a\nb⏎.⏎", "a⏎b⏎"),
            ("CR", "a\rb⏎.⏎", "a⏎b⏎"),
            ("LF LF", "a\n\nb⏎.⏎", "a⏎⏎b⏎"),
            ("CR CR LF", "a\r⏎.⏎", "a⏎⏎"),
            ("LF CR", "a\n\rb⏎.⏎", "a⏎⏎b⏎"),
            ("a dot line behind LF stays data", "a\n.\nb⏎.⏎", "a⏎.⏎b⏎"),
            ("the empty message", ".⏎", ""),
        ], ConformanceProfile.Normalise),
        .. Group("bare line ends, normalise", Start.Rcpt, [
            ("CR at the end of the last chunk", "BDAT 2 LAST⏎a\rNOOP", "250 2.1.5 Message stored as ID (session S)⏎250 2.0.0 OK"),
        ], ConformanceProfile.Normalise).Select(item => item with { Stored = "a⏎" }),
        .. Messages("bare line ends, reject", [
            ("nothing to reject", "a⏎b⏎.⏎", "a⏎b⏎"),
            ("the empty message", ".⏎", ""),
        ], ConformanceProfile.Reject),
        .. Group("bare line ends, reject", Start.Rcpt, [
            ("LF", "DATA⏎a\nb⏎.⏎NOOP", Go + Refused),
            ("CR", "DATA⏎a\rb⏎.⏎NOOP", Go + Refused),
            ("CR CR LF", "DATA⏎a\r⏎.⏎NOOP", Go + Refused),
            ("LF . LF", "DATA⏎a\n.\nb⏎.⏎NOOP", Go + Refused),
            ("LF as the first byte", "DATA⏎\n⏎.⏎NOOP", Go + Refused),
            ("CR at the end of the last chunk", "BDAT 2 LAST⏎a\rNOOP", Refused),
        ], ConformanceProfile.Reject),
        .. Group("bare line ends, reject", Start.Lhlo, [
            ("a binary message has no lines", "MAIL FROM:<> BODY=BINARYMIME⏎RCPT TO:<r@b.test>⏎BDAT 3 LAST⏎a\nb∎", "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎250 2.1.5 Message stored as ID (session S)"),
        ], ConformanceProfile.Reject),
    ];
}
