using System.Text;
using Lmtp.Server.Api.Probe;
using MimeKit;

namespace Lmtp.Tests.Unit.Api;

public sealed class ProbeMessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 10, 0, 5, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_is_read_as_it_was_asked_for()
    {
        var bytes = await ProbeMessage.ComposeAsync("from@example.org", ["a@b", "\"q q\"@d"], "Prüfung", "Grüße\n.\n", Now, Token);

        using var message = MimeMessage.Load(new MemoryStream(bytes), Token);
        Assert.Equal("from@example.org", Assert.Single(message.From.Mailboxes).Address);
        Assert.Equal(["a@b", "\"q q\"@d"], message.To.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.Equal(("Prüfung", Now), (message.Subject, message.Date));
        Assert.Equal("Grüße\n.\n", message.TextBody?.ReplaceLineEndings("\n"));
        Assert.EndsWith("@probe.invalid", message.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_sender_has_an_author_all_the_same()
    {
        var bytes = await ProbeMessage.ComposeAsync(string.Empty, ["a@b"], "x", "y", Now, Token);

        using var message = MimeMessage.Load(new MemoryStream(bytes), Token);
        Assert.Equal("probe@probe.invalid", Assert.Single(message.From.Mailboxes).Address);
    }

    [Theory]
    [InlineData("a@")]
    [InlineData("a,b@c")]
    [InlineData("@relay:a@b")]
    [InlineData("a@b@@")]
    public async Task Address_that_no_header_can_hold_is_left_out(string address)
    {
        var bytes = await ProbeMessage.ComposeAsync("from@example.org", [address, "good@example.org"], "x", "y", Now, Token);

        using var message = MimeMessage.Load(new MemoryStream(bytes), Token);
        Assert.Equal("good@example.org", message.To.Mailboxes.Last().Address);
    }

    [Theory]
    [InlineData("", "\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData(".\r\n..\r\na.\r\n", "..\r\n...\r\na.\r\n.\r\n")]
    public void Data_is_dot_stuffed_and_ended(string message, string expected)
    {
        var data = Encoding.ASCII.GetString(ProbeData.Encode(Encoding.ASCII.GetBytes(message)).Span);

        Assert.Equal(expected, data);
    }
}
