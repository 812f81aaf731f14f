namespace Lmtp.Tests.Unit.Protocol;

public sealed class FinalRepliesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_reply_goes_out_as_soon_as_it_and_those_before_it_are_known()
    {
        await using var dialogue = new SessionDialogue();
        var gates = new Dictionary<string, TaskCompletionSource>
        {
            ["a@x"] = new(),
            ["b@x"] = new(),
            ["c@x"] = new(),
        };
        dialogue.Agent.BeforeOutcome = (recipient, _) => gates[recipient.Address].Task;
        await dialogue.SendAsync("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@x>\r\nRCPT TO:<b@x>\r\nRCPT TO:<c@x>\r\nDATA\r\n.\r\nNOOP\r\n");
        while (await dialogue.ReadLineAsync(Cancellation) is { } line && !line.StartsWith("354", StringComparison.Ordinal))
        {
        }

        gates["c@x"].SetResult();
        gates["a@x"].SetResult();
        Assert.Equal("250 2.1.5 Message stored as 000000000000000000000001 (session S1)", await dialogue.ReadLineAsync(Cancellation));
        var next = dialogue.ReadLineAsync(Cancellation);
        Assert.False(next.IsCompleted);

        gates["b@x"].SetResult();
        Assert.Equal("250 2.1.5 Message stored as 000000000000000000000002 (session S1)", await next);
        Assert.Equal("250 2.1.5 Message stored as 000000000000000000000003 (session S1)", await dialogue.ReadLineAsync(Cancellation));
        Assert.Equal("250 2.0.0 OK", await dialogue.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Batch_of_commands_is_answered_in_one_write()
    {
        await using var dialogue = new SessionDialogue();
        var before = dialogue.Flushes;

        await dialogue.SendAsync("LHLO x\r\nMAIL FROM:<>\r\n" + string.Concat(Enumerable.Repeat("RCPT TO:<a@x>\r\n", 100)) + "DATA\r\n");
        Assert.Equal(1, dialogue.Flushes - before);

        await dialogue.SendAsync("x\r\n.\r\nQUIT\r\n");
        Assert.Equal(3, dialogue.Flushes - before);
    }

    [Fact]
    public async Task Delivery_goes_on_when_the_client_has_gone()
    {
        await using var dialogue = new SessionDialogue();
        var gate = new TaskCompletionSource();
        dialogue.Agent.BeforeOutcome = (_, _) => gate.Task;
        await dialogue.SendAsync("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@x>\r\nDATA\r\nx\r\n.\r\n");
        dialogue.HalfClose();
        await dialogue.ClientSide.Input.CompleteAsync();

        gate.SetResult();

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.Equal("x\r\n", Assert.Single(dialogue.Agent.Messages).Text);
        Assert.Equal(0, dialogue.Agent.OpenIntakes);
    }

    [Fact]
    public async Task Envelope_reaches_delivery_as_it_was_given()
    {
        await using var dialogue = new SessionDialogue();

        await dialogue.ConverseAsync(
            "LHLO MTA.example.test\r\nMAIL FROM:<@r.test:S@a.test> SIZE=12 ENVID=x+2By SMTPUTF8\r\n"
            + "RCPT TO:<@r.test:R+tag@B.test> ORCPT=rfc822;al+2Bias@c.test\r\nDATA\r\n.\r\n",
            Cancellation);

        var message = Assert.Single(dialogue.Agent.Messages);
        Assert.Equal(("S@a.test", 12L, "x+y", true), (message.Transaction.ReversePath, message.Transaction.DeclaredSize, message.Transaction.EnvelopeId, message.Transaction.Utf8));
        Assert.Equal(("R+tag@B.test", "rfc822;al+ias@c.test"), (message.Recipient.Address, message.Recipient.OriginalRecipient));
        Assert.Equal(("mta.example.test", "[127.0.0.1]", "S1"), (message.Transaction.Session.LhloName, message.Transaction.Session.ClientHost, message.Transaction.Session.SessionId));
    }
}
