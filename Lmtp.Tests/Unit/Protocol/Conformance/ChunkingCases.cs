using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>BDAT.</summary>
internal static class ChunkingCases
{
    private const string Stored = "250 2.1.5 Message stored as ID (session S)";
    private const string Ok = "250 2.0.0 OK";
    private const string Begun = "503 5.5.1 BDAT has begun, go on with BDAT or send RSET";
    private const string Syntax = "501 5.5.4 Syntax: BDAT size [LAST]; closing the connection, the end of the chunk is unknown";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 3030 2 BDAT", Start.Rcpt, [
            ("one chunk", "BDAT 5 LAST⏎hello∎", Stored),
            ("LAST in lower case", "bdat 5 last⏎hello∎", Stored),
            ("two chunks", "BDAT 3⏎helBDAT 2 LAST⏎lo∎", "250 2.0.0 3 octets taken⏎" + Stored),
            ("an empty last chunk", "BDAT 5⏎helloBDAT 0 LAST", "250 2.0.0 5 octets taken⏎" + Stored),
            ("an empty chunk", "BDAT 0⏎BDAT 1 LAST⏎x∎", "250 2.0.0 0 octets taken⏎" + Stored),
            ("an empty message", "BDAT 0 LAST", Stored),
            ("leading zeros", "BDAT 0005 LAST⏎hello∎", Stored),
            ("a dot line is data", "BDAT 7 LAST⏎a⏎.⏎bNOOP", "250 2.1.5 Message stored as ID (session S)⏎" + Ok),
            ("commands inside are octets", "BDAT 6 LAST⏎QUIT⏎NOOP", Stored + "⏎" + Ok),
            ("a command follows at once", "BDAT 1 LAST⏎xQUIT", Stored + "⏎221 2.0.0 Bye"),
            ("DATA after BDAT", "BDAT 1⏎xDATA", "250 2.0.0 1 octets taken⏎" + Begun),
            ("RCPT after BDAT", "BDAT 1⏎xRCPT TO:<q@b.test>", "250 2.0.0 1 octets taken⏎" + Begun),
            ("MAIL after BDAT", "BDAT 1⏎xMAIL FROM:<>", "250 2.0.0 1 octets taken⏎503 5.5.1 A transaction is open already, end it or send RSET"),
            ("NOOP between chunks", "BDAT 1⏎xNOOP⏎BDAT 1 LAST⏎y∎", "250 2.0.0 1 octets taken⏎" + Ok + "⏎" + Stored),
            ("RSET between chunks", "BDAT 1⏎xRSET⏎BDAT 1 LAST⏎yNOOP", "250 2.0.0 1 octets taken⏎250 2.0.0 Transaction forgotten⏎503 5.5.1 Send MAIL first⏎" + Ok),
            ("LHLO between chunks", "BDAT 1⏎xLHLO b⏎NOOP", "250 2.0.0 1 octets taken⏎" + Lhlo() + Ok),
            ("QUIT between chunks", "BDAT 1⏎xQUIT", "250 2.0.0 1 octets taken⏎221 2.0.0 Bye"),
            ("cut off in a chunk", "BDAT 10⏎abc∎", ""),
            ("cut off between chunks", "BDAT 1⏎x∎", "250 2.0.0 1 octets taken"),
            ("no size", "BDAT⏎NOOP", Syntax),
            ("a size that is no number", "BDAT abc⏎NOOP", Syntax),
            ("a negative size", "BDAT -1⏎NOOP", Syntax),
            ("a size beyond all bounds", "BDAT 99999999999999999999⏎NOOP", Syntax),
            ("a hexadecimal size", "BDAT 0x10⏎NOOP", Syntax),
            ("a word that is not LAST", "BDAT 3 FIRST⏎NOOP", Syntax),
            ("something behind LAST", "BDAT 3 LAST x⏎NOOP", Syntax),
            ("two blanks", "BDAT 3  LAST⏎NOOP", Syntax),
            ("a second message by BDAT", "BDAT 1 LAST⏎xMAIL FROM:<>⏎RCPT TO:<q@b.test>⏎BDAT 1 LAST⏎y∎", Stored + "⏎250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Stored),
            ("a second message by DATA", "BDAT 1 LAST⏎xMAIL FROM:<>⏎RCPT TO:<q@b.test>⏎DATA⏎y⏎.⏎", Stored + "⏎250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎354 Send the message, end it with a line that holds a single dot⏎" + Stored),
            ("two recipients, two replies after LAST only", "RCPT TO:<q@b.test>⏎BDAT 1⏎xBDAT 1 LAST⏎y∎", "250 2.1.5 Recipient OK⏎250 2.0.0 1 octets taken⏎" + Stored + "⏎" + Stored),
        ]),
        .. Group("RFC 3030 2 BDAT too large", Start.Rcpt, [
            ("in the last chunk, each recipient is told", "RCPT TO:<q@b.test>⏎BDAT 4097 LAST⏎" + new string('\n', 4097) + "NOOP", "250 2.1.5 Recipient OK⏎552 5.3.4 The message exceeds the limit of 4096 bytes: <r@b.test> (session S)⏎552 5.3.4 The message exceeds the limit of 4096 bytes: <q@b.test> (session S)⏎" + Ok),
            ("in an earlier chunk, later ones are refused until RSET", "BDAT 4097⏎" + new string('\n', 4097) + "BDAT 2 LAST⏎abRSET⏎NOOP", "552 5.3.4 The message exceeds the limit of 4096 bytes; send RSET⏎503 5.5.1 An earlier chunk failed, send RSET⏎250 2.0.0 Transaction forgotten⏎" + Ok),
            ("after a failed chunk MAIL needs RSET", "BDAT 4097⏎" + new string('\n', 4097) + "MAIL FROM:<>", "552 5.3.4 The message exceeds the limit of 4096 bytes; send RSET⏎503 5.5.1 An earlier chunk failed, send RSET"),
            ("exactly the limit", "BDAT 2048⏎" + new string('\n', 2048) + "BDAT 2048 LAST⏎" + new string('x', 2048) + "∎", "250 2.0.0 2048 octets taken⏎" + Stored),
        ]),
        .. Group("RFC 3030 3 BINARYMIME", Start.Lhlo, [
            ("by BDAT", "MAIL FROM:<> BODY=BINARYMIME⏎RCPT TO:<r@b.test>⏎BDAT 4 LAST⏎\0\r\n\n∎", "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎" + Stored),
        ]),
        .. ChunkContents(),
    ];

    private static IEnumerable<ConformanceCase> ChunkContents()
    {
        (string Name, string Input, string Stored, string ExtraReplies)[] contents =
        [
            ("octets are stored as they are", "BDAT 8 LAST⏎.⏎..⏎\r", ".⏎..⏎\r", ""),
            ("dots are not unstuffed", "BDAT 4 LAST⏎..a.", "..a.", ""),
            ("chunks are joined without anything between", "BDAT 2⏎abBDAT 2 LAST⏎cd", "abcd", "250 2.0.0 2 octets taken⏎"),
            ("CR at the end of a chunk and LF at the start of the next", "BDAT 2⏎a\rBDAT 2 LAST⏎\nb", "a⏎b", "250 2.0.0 2 octets taken⏎"),
        ];
        foreach (var item in contents)
        {
            var replies = item.ExtraReplies + Stored + "⏎" + Ok;
            var group = Group("RFC 3030 2 content", Start.Rcpt, [(item.Name, item.Input + "NOOP", replies)]);
            yield return group.Single() with { Stored = item.Stored };
        }
    }
}
