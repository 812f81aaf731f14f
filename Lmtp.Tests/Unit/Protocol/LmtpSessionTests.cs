namespace Lmtp.Tests.Unit.Protocol;

public sealed class LmtpSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whole_transaction_in_one_write_is_answered_in_order()
    {
        await using var dialogue = new SessionDialogue();

        var replies = await dialogue.ConverseAsync(
            "LHLO mta\r\nMAIL FROM:<a@example.test>\r\nRCPT TO:<b@example.test>\r\nRCPT TO:<rcpt-unknownrecipient@example.test>\r\n"
            + "RCPT TO:<c@example.test>\r\nDATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n",
            Cancellation);

        Assert.EndsWith(
            "250 2.1.0 Sender OK\n250 2.1.5 Recipient OK\n"
            + "550 5.1.1 No such mailbox here: <rcpt-unknownrecipient@example.test>\n250 2.1.5 Recipient OK\n"
            + "354 Send the message, end it with a line that holds a single dot\n"
            + "250 2.1.5 Message stored as 000000000000000000000001 (session S1)\n"
            + "250 2.1.5 Message stored as 000000000000000000000002 (session S1)\n221 2.0.0 Bye\n",
            replies,
            StringComparison.Ordinal);
        Assert.All(dialogue.Agent.Messages, message => Assert.Equal("Subject: x\r\n\r\n.dot\r\n", message.Text));
        Assert.Equal(0, dialogue.Agent.OpenIntakes);
    }

    [Fact]
    public async Task Lhlo_lists_the_extensions()
    {
        await using var dialogue = new SessionDialogue();

        var replies = await dialogue.ConverseAsync("LHLO mta\r\nQUIT\r\n", Cancellation);

        Assert.Equal(
            "250-mx.example.test\n250-PIPELINING\n250-ENHANCEDSTATUSCODES\n250-8BITMIME\n250-SMTPUTF8\n250-CHUNKING\n250-BINARYMIME\n"
            + "250-SIZE 67108864\n250 LIMITS MAILMAX=10000 RCPTMAX=1000\n221 2.0.0 Bye\n",
            replies);
    }

    [Fact]
    public async Task Chunks_make_one_message()
    {
        await using var dialogue = new SessionDialogue();

        var replies = await dialogue.ConverseAsync(
            "LHLO mta\r\nMAIL FROM:<> BODY=BINARYMIME\r\nRCPT TO:<b@example.test>\r\nBDAT 6\r\n\r\n.\r\n\nBDAT 0\r\nBDAT 3 LAST\r\nxyzQUIT\r\n",
            Cancellation);

        Assert.EndsWith(
            "250 2.0.0 6 octets taken\n250 2.0.0 0 octets taken\n250 2.1.5 Message stored as 000000000000000000000001 (session S1)\n221 2.0.0 Bye\n",
            replies,
            StringComparison.Ordinal);
        Assert.Equal("\r\n.\r\n\nxyz", Assert.Single(dialogue.Agent.Messages).Text);
    }

    [Fact]
    public async Task Oversized_message_is_read_to_its_end_and_refused_for_each_recipient()
    {
        await using var dialogue = new SessionDialogue(options => options.Limits.MaxMessageSize = 1024);

        var replies = await dialogue.ConverseAsync(
            "LHLO mta\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n"
            + new string('x', 5000) + "\r\n.\r\nNOOP\r\n",
            Cancellation);

        Assert.EndsWith(
            "552 5.3.4 The message exceeds the limit of 1024 bytes: <b@example.test> (session S1)\n"
            + "552 5.3.4 The message exceeds the limit of 1024 bytes: <b@example.test> (session S1)\n250 2.0.0 OK\n",
            replies,
            StringComparison.Ordinal);
        Assert.Equal(0, dialogue.Agent.OpenIntakes);
    }

    [Fact]
    public async Task Silent_client_is_told_and_closed()
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(time: time);
        await dialogue.ReadLineAsync(Cancellation);

        while (!dialogue.Ended.IsCompleted)
        {
            if (time.IsWaiting(TimeSpan.FromMinutes(5)))
            {
                time.Advance(TimeSpan.FromMinutes(5));
            }

            await Task.Yield();
        }

        Assert.Equal("421 4.4.2 Nothing heard for too long, closing the connection\n", await dialogue.ReadToEndAsync(Cancellation));
    }
}
