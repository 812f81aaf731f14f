using System.Text;
using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>AUTH, with one account "mta" and the password "pass word".</summary>
internal static class AuthCases
{
    private const string Good = "235 2.7.0 Authentication succeeded";
    private const string Bad = "535 5.7.8 Authentication failed";
    private const string Required = "530 5.7.0 Authentication required";
    private const string Syntax = "501 5.5.4 Syntax: AUTH mechanism [initial-response]";

    private static readonly string Plain = Encode("\0mta\0pass word");

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 4954 4 AUTH", Start.Lhlo, [
            ("PLAIN with initial response", "AUTH PLAIN " + Plain, Good),
            ("PLAIN in lower case", "auth plain " + Plain, Good),
            ("PLAIN with challenge", "AUTH PLAIN⏎" + Plain, "334 ⏎" + Good),
            ("PLAIN with the same authorisation identity", "AUTH PLAIN " + Encode("mta\0mta\0pass word"), Good),
            ("PLAIN for another identity", "AUTH PLAIN " + Encode("root\0mta\0pass word"), Bad),
            ("PLAIN with a wrong password", "AUTH PLAIN " + Encode("\0mta\0pass worD"), Bad),
            ("PLAIN with an unknown account", "AUTH PLAIN " + Encode("\0nobody\0pass word"), Bad),
            ("PLAIN with an empty password", "AUTH PLAIN " + Encode("\0mta\0"), Bad),
            ("PLAIN without NULs", "AUTH PLAIN " + Encode("mta"), Bad),
            ("PLAIN with one NUL", "AUTH PLAIN " + Encode("mta\0pass word"), Bad),
            ("PLAIN with an empty response", "AUTH PLAIN =", Bad),
            ("a response that is not base64", "AUTH PLAIN !!!!", "501 5.5.2 The response is not base64"),
            ("a response that is not base64, by challenge", "AUTH PLAIN⏎!!!!⏎NOOP", "334 ⏎501 5.5.2 The response is not base64⏎250 2.0.0 OK"),
            ("cancelled", "AUTH PLAIN⏎*⏎NOOP", "334 ⏎501 5.7.0 Authentication cancelled⏎250 2.0.0 OK"),
            ("LOGIN", "AUTH LOGIN⏎" + Encode("mta") + "⏎" + Encode("pass word"), "334 VXNlcm5hbWU6⏎334 UGFzc3dvcmQ6⏎" + Good),
            ("LOGIN with initial response", "AUTH LOGIN " + Encode("mta") + "⏎" + Encode("pass word"), "334 UGFzc3dvcmQ6⏎" + Good),
            ("LOGIN with a wrong password", "AUTH LOGIN " + Encode("mta") + "⏎" + Encode("x"), "334 UGFzc3dvcmQ6⏎" + Bad),
            ("SCRAM-SHA-256 with nonsense", "AUTH SCRAM-SHA-256 " + Encode("nonsense"), Bad),
            ("SCRAM-SHA-256 asking for channel binding", "AUTH SCRAM-SHA-256 " + Encode("p=tls-unique,,n=mta,r=abc"), Bad),
            ("SCRAM-SHA-256 without nonce", "AUTH SCRAM-SHA-256 " + Encode("n,,n=mta,r="), Bad),
            ("EXTERNAL without a certificate", "AUTH EXTERNAL =", "504 5.5.4 This mechanism is not offered here, see the answer to LHLO"),
            ("an unknown mechanism", "AUTH CRAM-MD5", "504 5.5.4 This mechanism is not offered here, see the answer to LHLO"),
            ("no mechanism", "AUTH", Syntax),
            ("three words", "AUTH PLAIN a b", Syntax),
            ("twice", "AUTH PLAIN " + Plain + "⏎AUTH PLAIN " + Plain, Good + "⏎503 5.5.1 Authenticated already"),
            ("inside a transaction", "MAIL FROM:<>⏎AUTH PLAIN " + Plain, "250 2.1.0 Sender OK⏎503 5.5.1 A transaction is open already, end it or send RSET"),
            ("not offered again afterwards", "AUTH PLAIN " + Plain + "⏎LHLO mta", Good + "⏎" + Lhlo()),
            ("mail without it where it is optional", "MAIL FROM:<>", "250 2.1.0 Sender OK"),
            ("twelve failures end the session", string.Concat(Enumerable.Repeat("AUTH PLAIN =⏎", 13)), string.Concat(Enumerable.Repeat(Bad + "⏎", 12)) + "421 4.7.0 Too many bad commands, closing the connection"),
        ], ConformanceProfile.Auth),
        .. Group("RFC 4954 4 AUTH", Start.Greeting, [
            ("before LHLO", "AUTH PLAIN " + Plain, "503 5.5.1 Send LHLO first"),
        ], ConformanceProfile.Auth),
        .. Group("RFC 4954 6 AUTH required", Start.Lhlo, [
            ("MAIL before", "MAIL FROM:<>", Required),
            ("VRFY before", "VRFY x", Required),
            ("BDAT before, with its octets", "BDAT 6 LAST⏎QUIT⏎NOOP", Required + "⏎250 2.0.0 OK"),
            ("NOOP and RSET before", "NOOP⏎RSET", "250 2.0.0 OK⏎250 2.0.0 Transaction forgotten"),
            ("MAIL after", "AUTH PLAIN " + Plain + "⏎MAIL FROM:<>", Good + "⏎250 2.1.0 Sender OK"),
            ("MAIL after a failure", "AUTH PLAIN =⏎MAIL FROM:<>", Bad + "⏎" + Required),
        ], ConformanceProfile.AuthRequired),
    ];

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
