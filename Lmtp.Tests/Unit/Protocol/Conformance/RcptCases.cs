using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>RCPT, its parameters, and every verdict of delivery.</summary>
internal static class RcptCases
{
    private const string Ok = "250 2.1.5 Recipient OK";
    private const string Syntax = "501 5.5.4 Syntax: RCPT TO:<address> [parameters], no blank before the address";
    private const string BadRecipient = "501 5.1.3 Bad recipient address syntax";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 5321 4.1.1.3 RCPT", Start.Mail, [
            ("an address", "RCPT TO:<r@b.test>", Ok),
            ("upper case", "RCPT TO:<R@B.TEST>", Ok),
            ("command in lower case", "rcpt to:<r@b.test>", Ok),
            ("a tag", "RCPT TO:<r+tag@b.test>", Ok),
            ("quoted", "RCPT TO:<\"r\"@b.test>", Ok),
            ("postmaster without domain", "RCPT TO:<postmaster>", Ok),
            ("Postmaster in any case", "RCPT TO:<PostMaster>", Ok),
            ("another name without domain", "RCPT TO:<r>", BadRecipient),
            ("postmaster and something", "RCPT TO:<postmasters>", BadRecipient),
            ("a source route", "RCPT TO:<@x.test:r@b.test>", Ok),
            ("a source route of two", "RCPT TO:<@x.test,@y.test:r@b.test>", Ok),
            ("the null path", "RCPT TO:<>", BadRecipient),
            ("a blank before the address", "RCPT TO: <r@b.test>", Syntax),
            ("no brackets", "RCPT TO:r@b.test", Syntax),
            ("no argument", "RCPT", Syntax),
            ("FROM instead of TO", "RCPT FROM:<r@b.test>", Syntax),
            ("two at signs", "RCPT TO:<a@b@b.test>", BadRecipient),
            ("a path that climbs", "RCPT TO:<../../etc/passwd@b.test>", Ok),
            ("a local part of 300", "RCPT TO:<" + new string('x', 300) + "@b.test>", Ok),
            ("ESC in the address", "RCPT TO:<r\u001b@b.test>", "500 5.5.2 The command holds a control character or is not UTF-8; only CRLF ends a command"),
            ("an address literal", "RCPT TO:<r@[127.0.0.1]>", Ok),
            ("two addresses", "RCPT TO:<r@b.test>,<s@b.test>", Syntax),
            ("a comma inside", "RCPT TO:<r@b.test,s@b.test>", BadRecipient),
            ("a percent sign", "RCPT TO:<r%c.test@b.test>", Ok),
            ("a display name", "RCPT TO:Name <r@b.test>", Syntax),
            ("the same address twice", "RCPT TO:<r@b.test>⏎RCPT TO:<r@b.test>", Ok + "⏎" + Ok),
        ]),
        .. Group("RFC 6531 SMTPUTF8 on RCPT", Start.Mail, [
            ("UTF-8 without the parameter on MAIL", "RCPT TO:<jürgen@b.test>", "553 5.6.7 A recipient address beyond ASCII needs SMTPUTF8 on MAIL"),
        ]),
        .. Group("RFC 6531 SMTPUTF8 on RCPT", Start.Lhlo, [
            ("UTF-8 with the parameter on MAIL", "MAIL FROM:<> SMTPUTF8⏎RCPT TO:<jürgen@b.test>", "250 2.1.0 Sender OK⏎" + Ok),
            ("UTF-8 domain", "MAIL FROM:<> SMTPUTF8⏎RCPT TO:<r@bücher.test>", "250 2.1.0 Sender OK⏎" + Ok),
            ("a refusal shows the address only when the client takes UTF-8", "MAIL FROM:<> SMTPUTF8⏎RCPT TO:<rcpt-unknownrecipient@ü.test>", "250 2.1.0 Sender OK⏎550 5.1.1 No such mailbox here: <rcpt-unknownrecipient@ü.test>"),
        ]),
        .. Group("RFC 3461 NOTIFY and ORCPT", Start.Mail, [
            ("NOTIFY=NEVER", "RCPT TO:<r@b.test> NOTIFY=NEVER", Ok),
            ("NOTIFY=SUCCESS,FAILURE,DELAY", "RCPT TO:<r@b.test> NOTIFY=SUCCESS,FAILURE,DELAY", Ok),
            ("NOTIFY in lower case", "RCPT TO:<r@b.test> notify=never", Ok),
            ("NEVER with another", "RCPT TO:<r@b.test> NOTIFY=NEVER,SUCCESS", "501 5.5.4 Parameter NOTIFY has a bad value"),
            ("NOTIFY with a word twice", "RCPT TO:<r@b.test> NOTIFY=DELAY,DELAY", "501 5.5.4 Parameter NOTIFY has a bad value"),
            ("NOTIFY with an unknown word", "RCPT TO:<r@b.test> NOTIFY=SOMETIMES", "501 5.5.4 Parameter NOTIFY has a bad value"),
            ("NOTIFY without value", "RCPT TO:<r@b.test> NOTIFY", "501 5.5.4 Parameter NOTIFY has a bad value"),
            ("NOTIFY twice", "RCPT TO:<r@b.test> NOTIFY=NEVER NOTIFY=NEVER", "501 5.5.4 Parameter NOTIFY is given twice"),
            ("ORCPT", "RCPT TO:<r@b.test> ORCPT=rfc822;alias@b.test", Ok),
            ("ORCPT in xtext", "RCPT TO:<r@b.test> ORCPT=rfc822;a+2Bb@b.test", Ok),
            ("ORCPT without type", "RCPT TO:<r@b.test> ORCPT=bad", "501 5.5.4 Parameter ORCPT has a bad value"),
            ("ORCPT without address", "RCPT TO:<r@b.test> ORCPT=rfc822;", "501 5.5.4 Parameter ORCPT has a bad value"),
            ("ORCPT with a bad type", "RCPT TO:<r@b.test> ORCPT=rf/c;a@b.test", "501 5.5.4 Parameter ORCPT has a bad value"),
            ("ORCPT with broken xtext", "RCPT TO:<r@b.test> ORCPT=rfc822;a+zz", "501 5.5.4 Parameter ORCPT has a bad value"),
            ("ORCPT twice", "RCPT TO:<r@b.test> ORCPT=rfc822;a@b ORCPT=rfc822;a@b", "501 5.5.4 Parameter ORCPT is given twice"),
            ("both", "RCPT TO:<r@b.test> NOTIFY=FAILURE ORCPT=rfc822;a@b.test", Ok),
        ]),
        .. Group("RFC 5321 4.1.1.11 parameters of RCPT", Start.Mail, [
            ("unknown", "RCPT TO:<r@b.test> FOO=bar", "555 5.5.4 Parameter FOO is not supported"),
            ("RRVS", "RCPT TO:<r@b.test> RRVS=2014-04-03T23:01:00Z", "555 5.5.4 Parameter RRVS is not supported"),
            ("a parameter of MAIL", "RCPT TO:<r@b.test> SIZE=1", "555 5.5.4 Parameter SIZE is not supported"),
            ("a broken one", "RCPT TO:<r@b.test> =", Syntax),
        ]),
        .. Group("RFC 3463 verdicts at RCPT", Start.Mail, [
            ("unknown recipient", "RCPT TO:<rcpt-unknownrecipient@b.test>", "550 5.1.1 No such mailbox here: <rcpt-unknownrecipient@b.test>"),
            ("forwarded in a circle", "RCPT TO:<rcpt-forwardingloop@b.test>", "554 5.4.6 The message is forwarded in a circle: <rcpt-forwardingloop@b.test>"),
            ("disabled", "RCPT TO:<rcpt-mailboxdisabled@b.test>", "550 5.2.1 The mailbox is disabled: <rcpt-mailboxdisabled@b.test>"),
            ("full for now", "RCPT TO:<rcpt-mailboxfulltemporary@b.test>", "452 4.2.2 The mailbox is full: <rcpt-mailboxfulltemporary@b.test>"),
            ("full for good", "RCPT TO:<rcpt-mailboxfullpermanent@b.test>", "552 5.2.2 The mailbox is full: <rcpt-mailboxfullpermanent@b.test>"),
            ("too large", "RCPT TO:<rcpt-messagetoolarge@b.test>", "552 5.3.4 The message is too large: <rcpt-messagetoolarge@b.test>"),
            ("rate limited", "RCPT TO:<rcpt-ratelimited@b.test>", "451 4.7.1 Rate limit reached: <rcpt-ratelimited@b.test> (try again in 90 s)"),
            ("user busy", "RCPT TO:<rcpt-userbusy@b.test>", "451 4.3.2 Too many deliveries to this mailbox at once: <rcpt-userbusy@b.test>"),
            ("temporary failure", "RCPT TO:<rcpt-temporaryfailure@b.test>", "451 4.3.0 Temporary failure, try again later: <rcpt-temporaryfailure@b.test>"),
            ("delivery throws", "RCPT TO:<rcpt-throws@b.test>", "451 4.3.0 Temporary failure, try again later: <rcpt-throws@b.test>"),
            ("a refused recipient is no recipient", "RCPT TO:<rcpt-mailboxdisabled@b.test>⏎DATA", "550 5.2.1 The mailbox is disabled: <rcpt-mailboxdisabled@b.test>⏎503 5.5.1 No valid recipients"),
        ]),
    ];
}
