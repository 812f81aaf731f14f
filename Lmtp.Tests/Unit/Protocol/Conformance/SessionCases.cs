using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>Greeting, sequence and the commands that carry no mail.</summary>
internal static class SessionCases
{
    private const string LhloFirst = "503 5.5.1 Send LHLO first";
    private const string MailFirst = "503 5.5.1 Send MAIL first";
    private const string Nested = "503 5.5.1 A transaction is open already, end it or send RSET";
    private const string NoArguments = "501 5.5.4 This command takes no argument";
    private const string UseLhlo = "500 5.5.1 This is an LMTP server: greet with LHLO (RFC 2033), not with HELO or EHLO";
    private const string Unknown = "500 5.5.1 Command not recognised";
    private const string BadCharacter = "500 5.5.2 The command holds a control character or is not UTF-8; only CRLF ends a command";
    private const string Ok = "250 2.0.0 OK";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 2033 4.1 greeting", Start.Greeting, [
            ("EHLO gets no positive reply", "EHLO mta", UseLhlo),
            ("HELO gets no positive reply", "HELO mta", UseLhlo),
            ("EHLO without argument", "EHLO", UseLhlo),
            ("LHLO lists the extensions", "LHLO mta", Lhlo()),
            ("LHLO in lower case", "lhlo mta", Lhlo()),
            ("LHLO in mixed case", "LhLo mta", Lhlo()),
            ("LHLO with an address literal", "LHLO [192.0.2.1]", Lhlo()),
            ("LHLO with an IPv6 literal", "LHLO [IPv6:2001:db8::1]", Lhlo()),
            ("LHLO with a name that has an underscore", "LHLO my_host", Lhlo()),
            ("LHLO with a UTF-8 name", "LHLO bücher.test", Lhlo()),
            ("LHLO twice", "LHLO a⏎LHLO b", Lhlo() + Lhlo()),
            ("LHLO without argument", "LHLO", "501 5.5.4 Syntax: LHLO hostname"),
            ("LHLO with only a blank", "LHLO ", "501 5.5.4 Syntax: LHLO hostname"),
            ("LHLO with two words", "LHLO foo bar", "501 5.5.4 Syntax: LHLO hostname"),
            ("EHLO after LHLO leaves the session as it is", "LHLO a⏎EHLO a⏎MAIL FROM:<>", Lhlo() + UseLhlo + "⏎250 2.1.0 Sender OK"),
            ("nothing at all", "", ""),
        ]),
        .. Group("RFC 5321 4.1.4 order before LHLO", Start.Greeting, [
            ("MAIL", "MAIL FROM:<s@a.test>", LhloFirst),
            ("RCPT", "RCPT TO:<r@b.test>", LhloFirst),
            ("DATA", "DATA", LhloFirst),
            ("BDAT with its octets", "BDAT 4⏎NOOP⏎", "503 5.5.1 Send LHLO first⏎500 5.5.1 Command not recognised"),
            ("BDAT of nothing", "BDAT 0 LAST", LhloFirst),
            ("RSET", "RSET", "250 2.0.0 Transaction forgotten"),
            ("NOOP", "NOOP", Ok),
            ("VRFY", "VRFY r@b.test", "252 2.0.0 Not verified here, RCPT gives the answer"),
            ("HELP", "HELP", "214-2.0.0 This is LMTP (RFC 2033). Commands:⏎214-2.0.0 LHLO MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT⏎214 2.0.0 LHLO lists the extensions that are on"),
            ("QUIT", "QUIT", "221 2.0.0 Bye"),
            ("LHLO after a failed MAIL", "MAIL FROM:<>⏎LHLO a⏎MAIL FROM:<>", LhloFirst + "⏎" + Lhlo() + "250 2.1.0 Sender OK"),
        ]),
        .. Group("RFC 5321 4.1.4 order after LHLO", Start.Lhlo, [
            ("RCPT before MAIL", "RCPT TO:<r@b.test>", MailFirst),
            ("DATA before MAIL", "DATA", MailFirst),
            ("BDAT before MAIL", "BDAT 0 LAST", MailFirst),
            ("RCPT after RSET", "MAIL FROM:<>⏎RSET⏎RCPT TO:<r@b.test>", "250 2.1.0 Sender OK⏎250 2.0.0 Transaction forgotten⏎" + MailFirst),
            ("DATA after RSET", "MAIL FROM:<>⏎RCPT TO:<r@b.test>⏎RSET⏎DATA", "250 2.1.0 Sender OK⏎250 2.1.5 Recipient OK⏎250 2.0.0 Transaction forgotten⏎" + MailFirst),
        ]),
        .. Group("RFC 5321 4.1.4 order after MAIL", Start.Mail, [
            ("MAIL again", "MAIL FROM:<s@a.test>", Nested),
            ("DATA without recipient", "DATA", "503 5.5.1 No valid recipients"),
            ("BDAT without recipient", "BDAT 3 LAST⏎abcNOOP", "503 5.5.1 No valid recipients⏎" + Ok),
            ("LHLO ends the transaction", "LHLO b⏎RCPT TO:<r@b.test>", Lhlo() + MailFirst),
            ("a bad LHLO does not end the transaction", "LHLO⏎RCPT TO:<r@b.test>", "501 5.5.4 Syntax: LHLO hostname⏎250 2.1.5 Recipient OK"),
            ("NOOP in between changes nothing", "NOOP⏎RCPT TO:<r@b.test>", Ok + "⏎250 2.1.5 Recipient OK"),
            ("VRFY in between changes nothing", "VRFY x⏎RCPT TO:<r@b.test>", "252 2.0.0 Not verified here, RCPT gives the answer⏎250 2.1.5 Recipient OK"),
            ("EHLO in between changes nothing", "EHLO x⏎RCPT TO:<r@b.test>", UseLhlo + "⏎250 2.1.5 Recipient OK"),
            ("QUIT in a transaction", "QUIT", "221 2.0.0 Bye"),
            ("RSET twice", "RSET⏎RSET", "250 2.0.0 Transaction forgotten⏎250 2.0.0 Transaction forgotten"),
        ]),
        .. Group("RFC 5321 4.1.4 order after RCPT", Start.Rcpt, [
            ("MAIL again", "MAIL FROM:<s@a.test>", Nested),
            ("LHLO ends the transaction", "LHLO b⏎DATA", Lhlo() + MailFirst),
            ("a failed RCPT does not undo the good one", "RCPT TO:<rcpt-unknownrecipient@b.test>⏎DATA⏎.⏎", "550 5.1.1 No such mailbox here: <rcpt-unknownrecipient@b.test>⏎354 Send the message, end it with a line that holds a single dot⏎250 2.1.5 Message stored as ID (session S)"),
            ("QUIT drops the transaction", "QUIT⏎DATA", "221 2.0.0 Bye"),
        ]),
        .. Group("RFC 5321 4.1.1.5 RSET", Start.Lhlo, [
            ("without a transaction", "RSET", "250 2.0.0 Transaction forgotten"),
            ("with an argument", "RSET foo", NoArguments),
            ("with trailing blanks", "RSET   ", "250 2.0.0 Transaction forgotten"),
            ("in lower case", "rset", "250 2.0.0 Transaction forgotten"),
        ]),
        .. Group("RFC 5321 4.1.1.6 VRFY", Start.Lhlo, [
            ("a name", "VRFY u900", "252 2.0.0 Not verified here, RCPT gives the answer"),
            ("an address", "VRFY u900@example.test", "252 2.0.0 Not verified here, RCPT gives the answer"),
            ("a UTF-8 address", "VRFY jürgen@example.test SMTPUTF8", "252 2.0.0 Not verified here, RCPT gives the answer"),
            ("without argument", "VRFY", "501 5.5.4 Syntax: VRFY address"),
        ]),
        .. Group("RFC 5321 4.1.1.7 EXPN", Start.Lhlo, [
            ("is not implemented", "EXPN list", "502 5.5.1 Command not implemented"),
        ]),
        .. Group("RFC 5321 4.1.1.9 NOOP", Start.Lhlo, [
            ("alone", "NOOP", Ok),
            ("with words", "NOOP hello world", Ok),
            ("with UTF-8", "NOOP grüße", Ok),
            ("in lower case", "noop", Ok),
            ("with trailing blank", "NOOP ", Ok),
        ]),
        .. Group("RFC 5321 4.1.1.10 QUIT", Start.Lhlo, [
            ("ends the session", "QUIT", "221 2.0.0 Bye"),
            ("what follows is not executed", "QUIT⏎NOOP", "221 2.0.0 Bye"),
            ("with an argument", "QUIT now", NoArguments),
            ("in lower case", "quit", "221 2.0.0 Bye"),
        ]),
        .. Group("RFC 5321 4.2.4 unknown commands", Start.Lhlo, [
            ("a word", "XYZZY", Unknown),
            ("an empty line", "⏎", Unknown),
            ("two empty lines", "⏎⏎", Unknown + "⏎" + Unknown),
            ("a leading blank", " NOOP", Unknown),
            ("a verb with a letter too many", "NOOPS", Unknown),
            ("a verb with a letter too few", "NOO", Unknown),
            ("a verb of nine letters", "STARTTLSX", Unknown),
            ("digits", "12345", Unknown),
            ("TURN", "TURN", Unknown),
            ("BURL", "BURL imap://x LAST", Unknown),
            ("a verb stuck to its argument", "MAILFROM:<>", Unknown),
            ("a PROXY header where none is expected", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2", "500 5.5.1 The PROXY protocol is not switched on for this listener"),
            ("UTF-8", "ÄÖÜ", Unknown),
        ]),
        .. Group("RFC 5321 2.3.8 line ends of commands", Start.Lhlo, [
            ("a bare LF does not end a command", "NOOP\nNOOP", BadCharacter),
            ("a bare CR does not end a command", "NOOP\rNOOP", BadCharacter),
            ("CR CR LF", "NOOP\r⏎", BadCharacter),
            ("LF CR LF", "NOOP\n⏎", BadCharacter),
            ("a command hidden behind a bare LF is not executed", "NOOP x\nMAIL FROM:<>⏎RCPT TO:<r@b.test>", BadCharacter + "⏎" + MailFirst),
            ("NUL", "NO\0OP", BadCharacter),
            ("a tab", "NOOP\tx", BadCharacter),
            ("ESC", "NOOP \u001b[2J", BadCharacter),
            ("DEL", "NOOP \u007f", BadCharacter),
            ("bytes that are not UTF-8", "NOOP \uE0FF\uE0FE", BadCharacter),
            ("a cut UTF-8 sequence", "NOOP \uE0C3", BadCharacter),
            ("a command without its end is not executed", "NOOP⏎NOO∎", Ok),
        ]),
        .. Group("RFC 3207 STARTTLS where it is not configured", Start.Lhlo, [
            ("is refused", "STARTTLS", "502 5.5.1 STARTTLS is not configured for this listener"),
        ]),
        .. Group("RFC 4954 AUTH where it is not configured", Start.Lhlo, [
            ("is refused", "AUTH PLAIN AGEAYg==", "502 5.5.1 Authentication is not configured for this listener"),
        ]),
        .. Group("XCLIENT from somebody who is not trusted", Start.Lhlo, [
            ("XCLIENT", "XCLIENT ADDR=192.0.2.1", "550 5.7.1 This client may not speak for others, see XclientNetworks"),
            ("XFORWARD", "XFORWARD IDENT=abc", "550 5.7.1 This client may not speak for others, see XclientNetworks"),
        ]),
        .. Group("other protocols", Start.Greeting, [
            ("HTTP POST is cut off at once", "POST / HTTP/1.1⏎Host: x⏎⏎LHLO a⏎MAIL FROM:<a@b.test>⏎", "421 4.7.0 This is LMTP, not HTTP"),
            ("HTTP GET", "GET / HTTP/1.0⏎⏎", "421 4.7.0 This is LMTP, not HTTP"),
            ("HTTP OPTIONS", "OPTIONS * HTTP/1.1⏎", "421 4.7.0 This is LMTP, not HTTP"),
            ("HTTP/2 preface", "PRI * HTTP/2.0⏎⏎SM⏎⏎", "421 4.7.0 This is LMTP, not HTTP"),
            ("TLS ClientHello", "\uE016\uE003\uE001\uE002\uE000∎", "421 4.7.0 This listener does not begin with TLS"),
        ]),
    ];
}
