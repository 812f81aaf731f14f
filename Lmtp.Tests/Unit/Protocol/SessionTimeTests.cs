using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>Every limit of time, on a clock that the test moves. The session runs on the test's own thread.</summary>
public sealed class SessionTimeTests
{
    private const string Opening = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", nameof(LimitOptions.IdleTimeout), "421 4.4.2 Nothing heard for too long, closing the connection")]
    [InlineData("LHLO x\r\n", nameof(LimitOptions.IdleTimeout), "421 4.4.2 Nothing heard for too long, closing the connection")]
    [InlineData(Opening, nameof(LimitOptions.IdleTimeout), "421 4.4.2 Nothing heard for too long, closing the connection")]
    [InlineData("NOO", nameof(LimitOptions.CommandTimeout), "421 4.4.2 The command took too long, closing the connection")]
    [InlineData(Opening + "DATA\r\nabc", nameof(LimitOptions.DataTimeout), "421 4.4.2 The message stopped coming, closing the connection; nothing was stored")]
    [InlineData(Opening + "BDAT 10\r\nabc", nameof(LimitOptions.DataTimeout), "421 4.4.2 The message stopped coming, closing the connection; nothing was stored")]
    [InlineData(Opening + "BDAT 3\r\nabc", nameof(LimitOptions.IdleTimeout), "421 4.4.2 Nothing heard for too long, closing the connection")]
    [InlineData("NOOP\r\n", nameof(LimitOptions.SessionTimeout), "421 4.4.2 The connection lasted too long, connect again")]
    [InlineData(Opening + "DATA\r\nabc", nameof(LimitOptions.SessionTimeout), "421 4.4.2 The connection lasted too long, connect again")]
    public async Task Silence_ends_the_session_at_the_limit_and_not_before(string input, string limit, string expected)
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(
            options =>
            {
                options.Limits.MinDataRate = 0;
                foreach (var name in new[] { "IdleTimeout", "CommandTimeout", "DataTimeout", "SessionTimeout" })
                {
                    typeof(LimitOptions).GetProperty(name)!.SetValue(options.Limits, TimeSpan.FromMinutes(name == limit ? 1 : 10));
                }
            },
            time);
        await dialogue.SendAsync(input);

        time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.False(dialogue.Ended.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.EndsWith(expected + "\n", await dialogue.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(0, dialogue.Agent.OpenIntakes);
    }

    [Fact]
    public async Task Command_that_trickles_in_does_not_extend_its_time()
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(options => options.Limits.CommandTimeout = TimeSpan.FromMinutes(1), time);

        for (var i = 0; i < 7 && !dialogue.Ended.IsCompleted; i++)
        {
            await dialogue.SendAsync("x");
            time.Advance(TimeSpan.FromSeconds(10));
        }

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.Contains("421 4.4.2 The command took too long", await dialogue.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(9, true)]
    public async Task Message_below_the_minimum_rate_is_cut_off_after_the_grace(int bytesASecond, bool cut)
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(
            options =>
            {
                options.Limits.MinDataRate = 10;
                options.Limits.MinDataRateGrace = TimeSpan.FromSeconds(30);
            },
            time);
        await dialogue.SendAsync(Opening + "DATA\r\n");

        for (var second = 0; second < 300 && !dialogue.Ended.IsCompleted; second++)
        {
            if (second == 29)
            {
                Assert.False(dialogue.Ended.IsCompleted);
            }

            await dialogue.SendAsync(new string('x', bytesASecond));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(cut, dialogue.Ended.IsCompleted);
        dialogue.HalfClose();
        Assert.Equal(cut, (await dialogue.ReadToEndAsync(Cancellation)).Contains("421 4.4.2 The message came too slowly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Time_in_which_the_server_is_busy_does_not_count_against_the_client()
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(time: time);
        var memory = new TaskCompletionSource();
        dialogue.Agent.BeforeWrite = () => memory.Task;
        await dialogue.SendAsync(Opening + "DATA\r\nabc\r\n");

        time.Advance(TimeSpan.FromHours(1));
        memory.SetResult();
        await dialogue.SendAsync(".\r\nQUIT\r\n");

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.Contains("250 2.1.5 Message stored as", await dialogue.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_talks_before_a_delayed_greeting_is_refused()
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(options => options.Limits.GreetingDelay = TimeSpan.FromSeconds(5), time);

        await dialogue.SendAsync("LHLO x\r\n");

        Assert.Equal("554 5.5.0 The client talks before the greeting, closing the connection\n", await dialogue.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Patient_client_is_greeted_after_the_delay()
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(options => options.Limits.GreetingDelay = TimeSpan.FromSeconds(5), time);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("220 mx.example.test LMTP ready", await dialogue.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Client_that_does_not_read_its_replies_is_given_up()
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(
            options => options.Limits.WriteTimeout = TimeSpan.FromMinutes(1), time, outputLimit: 1024);
        await dialogue.SendAsync(string.Concat(Enumerable.Repeat("HELP\r\n", 100)));

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(dialogue.Ended.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        await dialogue.Ended.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Delivery_that_takes_too_long_is_answered_451()
    {
        var time = new ManualTimeProvider();
        await using var dialogue = new SessionDialogue(options => options.Limits.DeliveryTimeout = TimeSpan.FromMinutes(1), time);
        dialogue.Agent.BeforeOutcome = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        await dialogue.SendAsync(Opening + "DATA\r\n.\r\nQUIT\r\n");

        time.Advance(TimeSpan.FromMinutes(1));

        await dialogue.Ended.WaitAsync(Cancellation);
        Assert.Contains(
            "451 4.3.0 Temporary failure, try again later: <a@b.test> (session S1)\n221 2.0.0 Bye",
            await dialogue.ReadToEndAsync(Cancellation),
            StringComparison.Ordinal);
    }
}
