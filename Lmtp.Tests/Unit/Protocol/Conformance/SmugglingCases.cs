using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>
/// Ways to end a message that other servers fell for: each must stay inside the one message, whose end is CRLF.CRLF.
/// </summary>
internal static class SmugglingCases
{
    private const string Second = "MAIL FROM:<evil@a.test>⏎RCPT TO:<victim@b.test>⏎DATA⏎smuggled⏎";

    public static IEnumerable<ConformanceCase> All => Messages("RFC 5321 4.1.1.4 smuggling",
    [
        .. Variants.Select(variant => (variant.Name, "a" + variant.Ending + Second + ".⏎", "a" + (variant.Unstuffed ?? variant.Ending) + Second)),
    ]);

    private static (string Name, string Ending, string? Unstuffed)[] Variants =>
    [
        ("LF . LF", "\n.\n", null),
        ("LF . CRLF", "\n.⏎", null),
        ("CRLF . LF", "⏎.\n", "⏎\n"),
        ("CRLF . CR", "⏎.\r", "⏎\r"),
        ("CR . CR", "\r.\r", null),
        ("CR . CRLF", "\r.⏎", null),
        ("CR . LF", "\r.\n", null),
        ("LF . CR", "\n.\r", null),
        ("CR CR LF . CR CR LF", "\r⏎.\r⏎", "\r⏎\r⏎"),
        ("CRLF NUL . CRLF", "⏎\0.⏎", null),
        ("CRLF . NUL CRLF", "⏎.\0⏎", "⏎\0⏎"),
        ("CRLF . blank CRLF", "⏎. ⏎", "⏎ ⏎"),
        ("CRLF blank . CRLF", "⏎ .⏎", null),
        ("CRLF . tab CRLF", "⏎.\t⏎", "⏎\t⏎"),
        ("CRLF . . CRLF", "⏎..⏎", "⏎.⏎"),
        ("LF CRLF . LF", "\n⏎.\n", "\n⏎\n"),
        ("CRLF . CR CR LF", "⏎.\r⏎", "⏎\r⏎"),
        ("CRLF . LF LF", "⏎.\n\n", "⏎\n\n"),
        ("CRLF . LF CR", "⏎.\n\r", "⏎\n\r"),
        ("LF LF . LF LF", "\n\n.\n\n", null),
        ("U+0085 . U+0085", "\u0085.\u0085", null),
        ("U+2028 . U+2028", "\u2028.\u2028", null),
        ("VT . VT", "\u000b.\u000b", null),
        ("FF . FF", "\u000c.\u000c", null),
        ("CRLF . byte 0x85 CRLF", "⏎.\uE085⏎", "⏎\uE085⏎"),
        ("CRLF byte 0x8D . CRLF", "⏎\uE08D.⏎", null),
    ];
}
