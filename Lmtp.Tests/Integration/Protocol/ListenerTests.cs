using System.Net.Sockets;
using System.Text;
using Lmtp.Server.Protocol;

namespace Lmtp.Tests.Integration.Protocol;

public sealed class ListenerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_that_half_closes_after_its_last_command_gets_all_replies()
    {
        await using var host = await LmtpHost.StartAsync();
        using var client = await host.ConnectAsync();

        var replies = await ConverseAsync(client.Client, "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\nhi\r\n.\r\n");

        Assert.EndsWith("(session ", replies[..(replies.LastIndexOf("session ", StringComparison.Ordinal) + 8)], StringComparison.Ordinal);
        Assert.Contains("\r\n250 2.1.5 Message stored as 000000000000000000000001 (session ", replies, StringComparison.Ordinal);
        Assert.Equal("hi\r\n", Assert.Single(host.Agent.Messages).Text);
    }

    [Fact]
    public async Task Unix_socket_replaces_a_stale_one_and_has_the_mode_that_was_asked_for()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lmtp-{Guid.NewGuid():N}"[..20]);
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            stale.Bind(new UnixDomainSocketEndPoint(path + "x"));
            File.Move(path + "x", path);
        }

        Assert.True(Path.Exists(path));
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:UnixSocket:Path"] = path,
            ["Lmtp:Listeners:0:UnixSocket:Mode"] = "0600",
        });
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path), Cancellation);

        var replies = await ConverseAsync(client, "NOOP\r\nQUIT\r\n");

        Assert.Equal("220 mx.example.test LMTP ready\r\n250 2.0.0 OK\r\n221 2.0.0 Bye\r\n", replies);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal([new LmtpListenerState(path, "unix", path, null, "none", 0)], host.State.Listeners.Select(s => s with { OpenConnections = 0 }));
        await host.StopAsync();
        Assert.False(Path.Exists(path));
    }

    [Fact]
    public async Task Stopping_server_tells_idle_clients()
    {
        await using var host = await LmtpHost.StartAsync();
        using var client = await host.ConnectAsync();
        using var reader = new StreamReader(client.GetStream());
        await reader.ReadLineAsync(Cancellation);

        var stop = host.StopAsync();

        Assert.Equal("421 4.3.2 The server is stopping, connect again later", await reader.ReadLineAsync(Cancellation));
        await stop;
    }

    private static async Task<string> ConverseAsync(Socket socket, string input)
    {
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(input), Cancellation);
        socket.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
