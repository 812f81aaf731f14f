using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Unit.Delivery;

public sealed class MessageContextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("word", "word")]
    [InlineData("a b", "a b")]
    [InlineData("  a \t\r\n b\u00a0\u2003c ", " a b c ")]
    [InlineData("a\u200bb", "a\u200bb")]
    public void Runs_of_white_space_become_one_blank(string text, string expected) =>
        Assert.Equal(expected, MessageContext.WithSingleBlanks(text));
}
