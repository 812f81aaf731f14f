namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>All conformance cases, by name.</summary>
internal static class ConformanceTable
{
    private const string LhloReply =
        "250-mx.example.test⏎250-PIPELINING⏎250-ENHANCEDSTATUSCODES⏎250-8BITMIME⏎250-SMTPUTF8⏎250-CHUNKING⏎250-BINARYMIME⏎"
        + "250-SIZE 4096⏎{0}250 LIMITS MAILMAX=3 RCPTMAX=5⏎";

    private const string SenderOk = "250 2.1.0 Sender OK⏎";
    private const string RecipientOk = "250 2.1.5 Recipient OK⏎";

    public static IReadOnlyDictionary<string, ConformanceCase> Cases { get; } =
        new[]
        {
            SessionCases.All, MailCases.All, RcptCases.All, DataCases.All, SmugglingCases.All, ChunkingCases.All, PipeliningCases.All,
            LimitCases.All, LineEndingCases.All, OutcomeCases.All, AuthCases.All, RelayCases.All,
        }
        .SelectMany(cases => cases)
        .ToDictionary(item => item.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>
    /// A group of cases that share a section of an RFC and the point in the session at which they begin. Lines
    /// without an end get one, but for those that <c>∎</c> cuts off.
    /// </summary>
    public static IEnumerable<ConformanceCase> Group(
        string section,
        Start start,
        (string Name, string Input, string Replies)[] cases,
        ConformanceProfile profile = ConformanceProfile.Default)
    {
        var (input, replies) = Opening(start, profile);
        foreach (var item in cases)
        {
            yield return new ConformanceCase(
                $"{section}: {item.Name}", input + Ended(item.Input), replies + Ended(item.Replies), profile);
        }
    }

    /// <summary>A group of cases about the bytes of one message, sent with DATA to one recipient.</summary>
    public static IEnumerable<ConformanceCase> Messages(
        string section,
        (string Name, string Data, string Stored)[] cases,
        ConformanceProfile profile = ConformanceProfile.Default)
    {
        var (input, replies) = Opening(Start.Data, profile);
        foreach (var item in cases)
        {
            yield return new ConformanceCase(
                $"{section}: {item.Name}",
                input + item.Data + "NOOP⏎",
                replies + "250 2.1.5 Message stored as ID (session S)⏎250 2.0.0 OK⏎",
                profile,
                item.Stored);
        }
    }

    private static (string Input, string Replies) Opening(Start start, ConformanceProfile profile)
    {
        var input = "";
        var replies = "";
        if (start >= Start.Lhlo)
        {
            input += "LHLO mta⏎";
            replies += Lhlo(profile);
        }

        if (start >= Start.Mail)
        {
            input += "MAIL FROM:<s@a.test>⏎";
            replies += SenderOk;
        }

        if (start >= Start.Rcpt)
        {
            input += "RCPT TO:<r@b.test>⏎";
            replies += RecipientOk;
        }

        if (start >= Start.Data)
        {
            input += "DATA⏎";
            replies += "354 Send the message, end it with a line that holds a single dot⏎";
        }

        return (input, replies);
    }

    /// <summary>The answer to LHLO.</summary>
    public static string Lhlo(ConformanceProfile profile = ConformanceProfile.Default) => LhloReply.Replace("{0}", profile switch
    {
        ConformanceProfile.Auth or ConformanceProfile.AuthRequired => "250-AUTH SCRAM-SHA-256 PLAIN LOGIN⏎",
        ConformanceProfile.Relay => "250-XCLIENT NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT⏎250-XFORWARD NAME ADDR PORT PROTO HELO IDENT SOURCE⏎",
        _ => "",
    }, StringComparison.Ordinal);

    private static string Ended(string text) =>
        text.EndsWith('∎') ? text[..^1] : text.Length == 0 || text.EndsWith('⏎') ? text : text + "⏎";
}
