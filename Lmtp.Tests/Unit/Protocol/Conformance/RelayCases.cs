using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>XCLIENT and XFORWARD from a relay that is trusted.</summary>
internal static class RelayCases
{
    private const string Greeting = "220 mx.example.test LMTP ready";
    private const string Bad = "501 5.5.4 Bad attribute name or value";
    private const string Ok = "250 2.0.0 OK";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("XCLIENT", Start.Lhlo, [
            ("address and name", "XCLIENT NAME=mail.example.test ADDR=192.0.2.1", Greeting),
            ("IPv6", "XCLIENT ADDR=IPV6:2001:db8::1", Greeting),
            ("everything", "XCLIENT NAME=x ADDR=192.0.2.1 PORT=25 PROTO=ESMTP HELO=x LOGIN=y DESTADDR=192.0.2.2 DESTPORT=24", Greeting),
            ("unavailable", "XCLIENT NAME=[UNAVAILABLE] ADDR=[TEMPUNAVAIL]", Greeting),
            ("lower case", "xclient addr=192.0.2.1", Greeting),
            ("begins the session anew", "XCLIENT ADDR=192.0.2.1⏎MAIL FROM:<>", Greeting + "⏎503 5.5.1 Send LHLO first"),
            ("inside a transaction", "MAIL FROM:<>⏎XCLIENT ADDR=192.0.2.1", "250 2.1.0 Sender OK⏎503 5.5.1 A transaction is open already, end it or send RSET"),
            ("an unknown attribute", "XCLIENT FOO=bar", Bad),
            ("a bad address", "XCLIENT ADDR=nonsense", Bad),
            ("broken xtext", "XCLIENT NAME=a+zz", Bad),
            ("no attribute", "XCLIENT", Bad),
            ("no equals sign", "XCLIENT ADDR", Bad),
        ], ConformanceProfile.Relay),
        .. Group("XFORWARD", Start.Lhlo, [
            ("a queue id", "XFORWARD IDENT=4XyZ", Ok),
            ("in two commands", "XFORWARD NAME=x ADDR=192.0.2.1⏎XFORWARD IDENT=abc⏎MAIL FROM:<>", Ok + "⏎" + Ok + "⏎250 2.1.0 Sender OK"),
            ("unavailable", "XFORWARD ADDR=[UNAVAILABLE]", Ok),
            ("inside a transaction", "MAIL FROM:<>⏎XFORWARD IDENT=abc", "250 2.1.0 Sender OK⏎503 5.5.1 A transaction is open already, end it or send RSET"),
            ("an unknown attribute", "XFORWARD LOGIN=x", Bad),
            ("a bad address", "XFORWARD ADDR=1.2.3.4.5", Bad),
        ], ConformanceProfile.Relay),
    ];
}
