namespace Lmtp.Tests.Integration.Protocol;

public sealed class BackPressureTests
{
    private const int MessageSize = 32 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sender_is_held_back_while_delivery_cannot_take_more_and_others_go_on()
    {
        await using var host = await LmtpHost.StartAsync();
        var room = new TaskCompletionSource();
        var blocked = 0;
        host.Agent.BeforeWrite = () => Interlocked.Exchange(ref blocked, 1) == 0 ? room.Task : Task.CompletedTask;
        await using var large = await LmtpClient.ConnectAsync(host.Port);
        await BeginAsync(large);
        var sent = 0L;
        var sending = SendAsync(large.Stream, size => Interlocked.Add(ref sent, size));
        await Eventually.TrueAsync(() => Volatile.Read(ref blocked) == 1);
        await Eventually.StillAsync(() => Interlocked.Read(ref sent));

        Assert.False(sending.IsCompleted);
        Assert.InRange(Interlocked.Read(ref sent), 1, MessageSize - 1);
        await using var small = await LmtpClient.ConnectAsync(host.Port);
        await BeginAsync(small);
        Assert.StartsWith("250 2.1.5", await small.AskAsync("."), StringComparison.Ordinal);

        room.SetResult();
        await sending;
        Assert.StartsWith("250 2.1.5", await large.AskAsync("\r\n."), StringComparison.Ordinal);
        Assert.Equal(MessageSize + 2, host.Agent.Messages.Last().Content.Length);
    }

    private static async Task BeginAsync(LmtpClient client)
    {
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO x");
        await client.AskAsync("MAIL FROM:<>");
        await client.AskAsync("RCPT TO:<a@b.test>");
        await client.AskAsync("DATA");
    }

    private static async Task SendAsync(Stream stream, Action<int> sent)
    {
        var piece = new byte[64 * 1024];
        "\r\n"u8.CopyTo(piece);
        piece.AsSpan(2).Fill((byte)'x');
        for (var i = 0; i < MessageSize / piece.Length; i++)
        {
            await stream.WriteAsync(piece, Cancellation);
            sent(piece.Length);
        }
    }
}
