using static Lmtp.Tests.Unit.Protocol.Conformance.ConformanceTable;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>MAIL and its parameters.</summary>
internal static class MailCases
{
    private const string Ok = "250 2.1.0 Sender OK";
    private const string Syntax = "501 5.5.4 Syntax: MAIL FROM:<address> [parameters], no blank before the address";
    private const string BadSender = "501 5.1.7 Bad sender address syntax";

    public static IEnumerable<ConformanceCase> All =>
    [
        .. Group("RFC 5321 3.3 a transaction that is refused", Start.Lhlo, [
            ("a limit is reached", "MAIL FROM:<mail-ratelimited@a.test>", "451 4.7.1 Rate limit reached: too many transactions of this client (try again in 90 s)"),
            ("limits cannot be checked", "MAIL FROM:<mail-temporaryfailure@a.test>", "451 4.3.0 Temporary failure, try again later"),
            ("RCPT after it", "MAIL FROM:<mail-ratelimited@a.test>⏎RCPT TO:<r@b.test>", "451 4.7.1 Rate limit reached: too many transactions of this client (try again in 90 s)⏎503 5.5.1 Send MAIL first"),
            ("another transaction after it", "MAIL FROM:<mail-ratelimited@a.test>⏎MAIL FROM:<s@a.test>", "451 4.7.1 Rate limit reached: too many transactions of this client (try again in 90 s)⏎250 2.1.0 Sender OK"),
        ]),
        .. Group("RFC 5321 4.1.1.2 MAIL", Start.Lhlo, [
            ("an address", "MAIL FROM:<s@a.test>", Ok),
            ("the null reverse-path", "MAIL FROM:<>", Ok),
            ("lower case", "mail from:<s@a.test>", Ok),
            ("no colon", "MAIL FROM <s@a.test>", Syntax),
            ("no argument", "MAIL", Syntax),
            ("only FROM:", "MAIL FROM:", Syntax),
            ("TO instead of FROM", "MAIL TO:<s@a.test>", Syntax),
            ("a blank before the address", "MAIL FROM: <s@a.test>", Syntax),
            ("no angle brackets", "MAIL FROM:s@a.test", Syntax),
            ("no closing bracket", "MAIL FROM:<s@a.test", BadSender),
            ("text right behind the bracket", "MAIL FROM:<s@a.test>x", Syntax),
            ("trailing blank", "MAIL FROM:<s@a.test> ", Ok),
            ("two at signs", "MAIL FROM:<a@b@c.test>", BadSender),
            ("no domain", "MAIL FROM:<sender>", BadSender),
            ("an empty domain", "MAIL FROM:<sender@>", BadSender),
            ("an empty local part", "MAIL FROM:<@a.test>", BadSender),
            ("a blank inside", "MAIL FROM:<a b@a.test>", BadSender),
            ("an address literal", "MAIL FROM:<s@[192.0.2.1]>", Ok),
            ("an IPv6 address literal", "MAIL FROM:<s@[IPv6:2001:db8::1]>", Ok),
            ("a bad address literal", "MAIL FROM:<s@[999.0.0.1]>", BadSender),
            ("an IPv6 literal without its tag", "MAIL FROM:<s@[2001:db8::1]>", BadSender),
            ("a quoted local part", "MAIL FROM:<\"a b\"@a.test>", Ok),
            ("a quoted local part with bracket and at", "MAIL FROM:<\"a>@b\"@a.test>", Ok),
            ("a quoted pair", "MAIL FROM:<\"a\\\"b\"@a.test>", Ok),
            ("an empty quoted string", "MAIL FROM:<\"\"@a.test>", BadSender),
            ("an open quoted string", "MAIL FROM:<\"a@a.test>", BadSender),
            ("a source route", "MAIL FROM:<@x.test,@y.test:s@a.test>", Ok),
            ("a broken source route", "MAIL FROM:<@x.test,y.test:s@a.test>", BadSender),
            ("a local part of 64", "MAIL FROM:<" + new string('x', 64) + "@a.test>", Ok),
            ("a long local part, as VERP makes them", "MAIL FROM:<" + new string('x', 200) + "@a.test>", Ok),
            ("dots where a strict reader wants none", "MAIL FROM:<a..b.@a.test>", Ok),
            ("every atext character", "MAIL FROM:<!#$%&'*+-/=?^_`{|}~@a.test>", Ok),
            ("an empty label", "MAIL FROM:<s@a..test>", BadSender),
            ("a trailing dot", "MAIL FROM:<s@a.test.>", BadSender),
            ("a domain of 255", "MAIL FROM:<s@" + string.Concat(Enumerable.Repeat("a.", 127)) + "b>", Ok),
            ("a domain of 256", "MAIL FROM:<s@" + string.Concat(Enumerable.Repeat("a.", 127)) + "bc>", BadSender),
        ]),
        .. Group("RFC 1870 SIZE", Start.Lhlo, [
            ("within the limit", "MAIL FROM:<> SIZE=4096", Ok),
            ("one more than the limit", "MAIL FROM:<> SIZE=4097", "552 5.3.4 The announced size exceeds the limit of 4096 bytes"),
            ("twenty digits", "MAIL FROM:<> SIZE=99999999999999999999", "552 5.3.4 The announced size exceeds the limit of 4096 bytes"),
            ("twenty-one digits", "MAIL FROM:<> SIZE=999999999999999999999", "501 5.5.4 Parameter SIZE has a bad value"),
            ("zero", "MAIL FROM:<> SIZE=0", Ok),
            ("letters", "MAIL FROM:<> SIZE=abc", "501 5.5.4 Parameter SIZE has a bad value"),
            ("negative", "MAIL FROM:<> SIZE=-1", "501 5.5.4 Parameter SIZE has a bad value"),
            ("no value", "MAIL FROM:<> SIZE", "501 5.5.4 Parameter SIZE has a bad value"),
            ("empty value", "MAIL FROM:<> SIZE=", Syntax),
            ("lower case", "MAIL FROM:<> size=10", Ok),
            ("twice", "MAIL FROM:<> SIZE=1 SIZE=2", "501 5.5.4 Parameter SIZE is given twice"),
            ("a refused MAIL opens no transaction", "MAIL FROM:<> SIZE=4097⏎RCPT TO:<r@b.test>⏎MAIL FROM:<>", "552 5.3.4 The announced size exceeds the limit of 4096 bytes⏎503 5.5.1 Send MAIL first⏎" + Ok),
        ]),
        .. Group("RFC 6152 and RFC 3030 BODY", Start.Lhlo, [
            ("7BIT", "MAIL FROM:<> BODY=7BIT", Ok),
            ("8BITMIME", "MAIL FROM:<> BODY=8BITMIME", Ok),
            ("BINARYMIME", "MAIL FROM:<> BODY=BINARYMIME", Ok),
            ("lower case", "MAIL FROM:<> body=8bitmime", Ok),
            ("unknown value", "MAIL FROM:<> BODY=foo", "501 5.5.4 Parameter BODY has a bad value"),
            ("no value", "MAIL FROM:<> BODY", "501 5.5.4 Parameter BODY has a bad value"),
            ("BINARYMIME and DATA", "MAIL FROM:<> BODY=BINARYMIME⏎RCPT TO:<r@b.test>⏎DATA", Ok + "⏎250 2.1.5 Recipient OK⏎503 5.5.1 BODY=BINARYMIME is sent with BDAT, not DATA"),
        ]),
        .. Group("RFC 6531 SMTPUTF8 on MAIL", Start.Lhlo, [
            ("alone", "MAIL FROM:<s@a.test> SMTPUTF8", Ok),
            ("with a value", "MAIL FROM:<s@a.test> SMTPUTF8=1", "501 5.5.4 Parameter SMTPUTF8 has a bad value"),
            ("UTF-8 local part", "MAIL FROM:<jürgen@a.test> SMTPUTF8", Ok),
            ("UTF-8 domain", "MAIL FROM:<s@bücher.test> SMTPUTF8 BODY=8BITMIME", Ok),
            ("UTF-8 without the parameter", "MAIL FROM:<jürgen@a.test>", "553 5.6.7 A sender address beyond ASCII needs the SMTPUTF8 parameter"),
            ("null reverse-path with the parameter", "MAIL FROM:<> SMTPUTF8", Ok),
            ("emoji", "MAIL FROM:<😀@a.test> SMTPUTF8", Ok),
        ]),
        .. Group("RFC 3461 RET and ENVID", Start.Lhlo, [
            ("RET=HDRS and ENVID", "MAIL FROM:<> RET=HDRS ENVID=abc", Ok),
            ("RET=FULL", "MAIL FROM:<> RET=FULL", Ok),
            ("RET=x", "MAIL FROM:<> RET=x", "501 5.5.4 Parameter RET has a bad value"),
            ("RET twice", "MAIL FROM:<> RET=FULL RET=FULL", "501 5.5.4 Parameter RET is given twice"),
            ("ENVID in xtext", "MAIL FROM:<> ENVID=a+2Bb", Ok),
            ("ENVID with broken xtext", "MAIL FROM:<> ENVID=a+2", "501 5.5.4 Parameter ENVID has a bad value"),
            ("ENVID with lower-case hex", "MAIL FROM:<> ENVID=a+2b", "501 5.5.4 Parameter ENVID has a bad value"),
            ("ENVID without value", "MAIL FROM:<> ENVID", "501 5.5.4 Parameter ENVID has a bad value"),
        ]),
        .. Group("RFC 4954 5 AUTH parameter", Start.Lhlo, [
            ("empty path", "MAIL FROM:<> AUTH=<>", Ok),
            ("a mailbox", "MAIL FROM:<> AUTH=a@b.test", Ok),
            ("broken xtext", "MAIL FROM:<> AUTH=+zz", "501 5.5.4 Parameter AUTH has a bad value"),
        ]),
        .. Group("RFC 5321 4.1.1.11 parameters of MAIL", Start.Lhlo, [
            ("unknown", "MAIL FROM:<> FOO=bar", "555 5.5.4 Parameter FOO is not supported"),
            ("REQUIRETLS", "MAIL FROM:<> REQUIRETLS", "555 5.5.4 Parameter REQUIRETLS is not supported"),
            ("HOLDFOR", "MAIL FROM:<> HOLDFOR=10", "555 5.5.4 Parameter HOLDFOR is not supported"),
            ("not a keyword", "MAIL FROM:<> -X=1", Syntax),
            ("a keyword with a dot", "MAIL FROM:<> A.B=1", Syntax),
            ("two equals signs", "MAIL FROM:<> SIZE=1=2", Syntax),
            ("several", "MAIL FROM:<s@a.test> SIZE=100 BODY=8BITMIME SMTPUTF8 RET=FULL ENVID=x AUTH=<>", Ok),
            ("two blanks between", "MAIL FROM:<>  SIZE=1  BODY=7BIT", Ok),
        ]),
    ];
}
