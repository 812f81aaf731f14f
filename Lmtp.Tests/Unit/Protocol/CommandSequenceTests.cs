using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Sessions;

namespace Lmtp.Tests.Unit.Protocol;

public sealed class CommandSequenceTests
{
    /// <summary>The whole table once more, one character for each cell: y is in order, other letters stand for the refusal.</summary>
    [Theory]
    [InlineData(nameof(Verb.Mail), "lynnnf")]
    [InlineData(nameof(Verb.Rcpt), "lmyycf")]
    [InlineData(nameof(Verb.Data), "lmvycf")]
    [InlineData(nameof(Verb.Bdat), "lmvyyf")]
    [InlineData(nameof(Verb.StartTls), "lynnnf")]
    [InlineData(nameof(Verb.Auth), "lynnnf")]
    [InlineData(nameof(Verb.Xclient), "lynnnf")]
    [InlineData(nameof(Verb.Xforward), "lynnnf")]
    [InlineData(nameof(Verb.Lhlo), "yyyyyy")]
    [InlineData(nameof(Verb.Rset), "yyyyyy")]
    [InlineData(nameof(Verb.Noop), "yyyyyy")]
    [InlineData(nameof(Verb.Vrfy), "yyyyyy")]
    [InlineData(nameof(Verb.Help), "yyyyyy")]
    [InlineData(nameof(Verb.Quit), "yyyyyy")]
    [InlineData(nameof(Verb.Unknown), "yyyyyy")]
    public void Every_cell_of_the_table_is_as_the_rfc_says(string verb, string cells)
    {
        var found = Enum.GetValues<SessionState>().Select(state => Letter(CommandSequence.Check(Enum.Parse<Verb>(verb), state)?.ToString()));

        Assert.Equal(cells, string.Concat(found));
    }

    private static char Letter(string? reply) => reply switch
    {
        null => 'y',
        _ when reply.Contains("LHLO", StringComparison.Ordinal) => 'l',
        _ when reply.Contains("Send MAIL", StringComparison.Ordinal) => 'm',
        _ when reply.Contains("transaction is open", StringComparison.Ordinal) => 'n',
        _ when reply.Contains("No valid", StringComparison.Ordinal) => 'v',
        _ when reply.Contains("BDAT has begun", StringComparison.Ordinal) => 'c',
        _ => 'f',
    };
}
