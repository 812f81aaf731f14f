namespace Lmtp.Tests.Integration.Protocol;

/// <summary>A server that stops while mail is on its way.</summary>
public sealed class ShutdownTests
{
    private const string Stopping = "421 4.3.2 The server is stopping, connect again later";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_never_cuts_between_store_and_answer()
    {
        await using var host = await LmtpHost.StartAsync();
        var storing = new TaskCompletionSource();
        var stored = new TaskCompletionSource();
        host.Agent.BeforeOutcome = (_, _) =>
        {
            storing.TrySetResult();
            return stored.Task;
        };
        await using var client = await OpenAsync(host);
        await client.SendRawAsync("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\nhi\r\n.\r\n");
        for (var i = 0; i < 3; i++)
        {
            await client.ReadReplyAsync();
        }

        await storing.Task.WaitAsync(Cancellation);
        var stop = host.StopAsync();
        await Eventually.TrueAsync(() => IsClosedAsync(host.Port));
        Assert.False(stop.IsCompleted);
        stored.SetResult();

        Assert.StartsWith("250 2.1.5 Message stored as ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal(Stopping, await client.ReadReplyAsync());
        Assert.Equal("", await client.ReadReplyAsync());
        await stop;
    }

    [Fact]
    public async Task Message_on_its_way_is_finished_and_the_rest_is_told()
    {
        await using var host = await LmtpHost.StartAsync();
        await using var sending = await OpenAsync(host);
        await using var idle = await OpenAsync(host);
        await sending.SendRawAsync("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\nhal");
        for (var i = 0; i < 3; i++)
        {
            await sending.ReadReplyAsync();
        }

        var stop = host.StopAsync();
        Assert.Equal(Stopping, await idle.ReadReplyAsync());
        await sending.SendRawAsync("f a message\r\n.\r\n");

        Assert.StartsWith("250 2.1.5 Message stored as ", await sending.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal(Stopping, await sending.ReadReplyAsync());
        await stop;
        Assert.Equal("half a message\r\n", Assert.Single(host.Agent.Messages).Text);
    }

    [Fact]
    public async Task Delivery_beyond_the_grace_period_is_answered_451_and_not_left_open()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Limits:ShutdownGrace"] = "00:00:00.2" });
        host.Agent.BeforeOutcome = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
        await using var client = await OpenAsync(host);
        await client.SendRawAsync("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\n.\r\n");
        for (var i = 0; i < 3; i++)
        {
            await client.ReadReplyAsync();
        }

        await Eventually.TrueAsync(() => host.Agent.OpenIntakes == 1);
        await host.StopAsync();

        Assert.StartsWith("451 4.3.0 Temporary failure", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal(Stopping, await client.ReadReplyAsync());
        Assert.Empty(host.Agent.Messages);
        Assert.Equal(0, host.Agent.OpenIntakes);
    }

    [Theory]
    [InlineData("DATA\r\nhal", 3)]
    [InlineData("BDAT 10\r\nhal", 2)]
    [InlineData("BDAT 3\r\nhal", 3)]
    public async Task Message_that_has_not_come_within_the_grace_period_is_told_and_not_stored(string input, int replies)
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Limits:ShutdownGrace"] = "00:00:00.5" });
        await using var client = await OpenAsync(host);
        await client.SendRawAsync("MAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\n" + input);
        for (var i = 0; i < replies; i++)
        {
            await client.ReadReplyAsync();
        }

        await Eventually.TrueAsync(() => host.Agent.OpenIntakes == 1);
        await host.StopAsync();

        Assert.Equal(Stopping, await client.ReadReplyAsync());
        Assert.Equal("", await client.ReadReplyAsync());
        Assert.Empty(host.Agent.Messages);
        Assert.Equal(0, host.Agent.OpenIntakes);
    }

    private static async Task<LmtpClient> OpenAsync(LmtpHost host)
    {
        var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO x");
        return client;
    }

    private static async Task<bool> IsClosedAsync(int port)
    {
        try
        {
            using var socket = await LmtpHost.ConnectAsync(port);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}
