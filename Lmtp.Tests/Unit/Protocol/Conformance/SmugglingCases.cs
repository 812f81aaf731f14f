using System.Text.RegularExpressions;
using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>
/// Ways to end a message that other servers fell for: each must stay inside the one message, whose end is CRLF.CRLF.
/// </summary>
internal static partial class SmugglingCases
{
    private const string Second = "MAIL FROM:<evil@a.test>⏎RCPT TO:<victim@b.test>⏎DATA⏎smuggled⏎";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Messages("RFC 5321 4.1.1.4 smuggling", [.. Variants.Select(variant => (variant.Name, Data(variant), Kept(variant)))]),
        .. Messages(
            "RFC 5321 4.1.1.4 smuggling, normalised",
            [.. Variants.Select(variant => (variant.Name, Data(variant), AnyLineEnd().Replace(ToLines(Kept(variant)), "⏎")))],
            ConformanceProfile.Normalise),
        .. Rejected(),
        .. Chunks(),
    ];

    private static string Data((string Name, string Ending, string? Unstuffed) variant) => "a" + variant.Ending + Second + ".⏎";

    private static string Kept((string Name, string Ending, string? Unstuffed) variant) => "a" + (variant.Unstuffed ?? variant.Ending) + Second;

    /// <summary>What holds a bare CR or LF is refused, once, and nothing of it is executed.</summary>
    private static IEnumerable<ConformanceCase> Rejected()
    {
        const string go = "354 Send the message, end it with a line that holds a single dot⏎";
        var variants = Variants.Where(variant => AnyLineEnd().Matches(ToLines(Kept(variant))).Any(match => match.Length == 1)).ToArray();
        return Group(
            "RFC 5321 4.1.1.4 smuggling, rejected",
            Start.Rcpt,
            [.. variants.Select(variant => (
                variant.Name,
                "DATA⏎" + Data(variant) + "NOOP",
                go + "550 5.6.11 The message holds a CR or LF that is not part of a CRLF: <r@b.test> (session S)⏎250 2.0.0 OK"))],
            ConformanceProfile.Reject);
    }

    /// <summary>In a chunk nothing ends the message but its size.</summary>
    private static IEnumerable<ConformanceCase> Chunks()
    {
        foreach (var variant in Variants.Append(("CRLF . CRLF", "⏎.⏎", null)))
        {
            var content = "a" + variant.Item2 + Second;
            var length = new ConformanceCase("", content, "").InputBytes.Length;
            var group = Group(
                "RFC 3030 2 smuggling",
                Start.Rcpt,
                [(variant.Item1, $"BDAT {length} LAST⏎{content}NOOP", "250 2.1.5 Message stored as ID (session S)⏎250 2.0.0 OK")]);
            yield return group.Single() with { Stored = content };
        }
    }

    private static string ToLines(string text) => text.Replace("⏎", "\r\n", StringComparison.Ordinal);

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

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex AnyLineEnd();
}
