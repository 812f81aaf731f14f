namespace Lmtp.Tests.Unit.Protocol;

public sealed class SessionStopTests
{
    private const string Opening = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\n";
    private const string Stopping = "421 4.3.2 The server is stopping, connect again later\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("LHLO x\r\n")]
    [InlineData("NOO")]
    [InlineData(Opening)]
    public async Task Stop_between_commands_is_said_at_once(string input)
    {
        await using var dialogue = new SessionDialogue();
        await dialogue.SendAsync(input);

        dialogue.Session.RequestStop();

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.EndsWith(Stopping, await dialogue.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATA\r\nhel", "lo\r\n.\r\n")]
    [InlineData("BDAT 5\r\nhel", "loBDAT 2 LAST\r\n\r\n")]
    [InlineData("BDAT 5\r\nhello", "BDAT 2 LAST\r\n\r\n")]
    public async Task Message_in_flight_is_finished_and_answered_first(string before, string after)
    {
        await using var dialogue = new SessionDialogue();
        await dialogue.SendAsync(Opening + before);

        dialogue.Session.RequestStop();
        Assert.False(dialogue.Ended.IsCompleted);
        await dialogue.SendAsync(after);

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.EndsWith(
            "250 2.1.5 Message stored as 000000000000000000000001 (session S1)\n" + Stopping,
            await dialogue.ReadToEndAsync(Cancellation),
            StringComparison.Ordinal);
        Assert.Equal("hello\r\n", Assert.Single(dialogue.Agent.Messages).Text);
    }

    [Fact]
    public async Task Delivery_in_flight_is_answered_first()
    {
        await using var dialogue = new SessionDialogue();
        var stored = new TaskCompletionSource();
        dialogue.Agent.BeforeOutcome = (_, _) => stored.Task;
        await dialogue.SendAsync(Opening + "DATA\r\n.\r\n");

        dialogue.Session.RequestStop();
        Assert.False(dialogue.Ended.IsCompleted);
        stored.SetResult();

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.EndsWith("(session S1)\n" + Stopping, await dialogue.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }
}
