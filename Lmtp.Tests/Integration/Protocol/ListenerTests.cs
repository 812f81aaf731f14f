using System.Net;
using System.Net.Sockets;
using System.Text;
using Lmtp.Server.Protocol;
using Microsoft.Extensions.Options;

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
    public async Task Listener_on_ipv6_serves_and_is_logged()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 && CanBind(IPAddress.IPv6Loopback), "This machine has no IPv6.");
        var logs = new CollectedLogs();
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:Host"] = "::1" }, logs: logs);
        using var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.IPv6Loopback, host.Port, Cancellation);

        Assert.EndsWith("221 2.0.0 Bye\r\n", await ConverseAsync(client, "QUIT\r\n"), StringComparison.Ordinal);
        Assert.Contains(logs.Events, item => item.Text == $"LMTP on [::1]:{host.Port} ([::1]:{host.Port})");
    }

    [Fact]
    public async Task Unix_socket_belongs_to_the_group_that_was_asked_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root may give a file to any group.");
        var path = Path.Combine(Path.GetTempPath(), $"lmtp-{Guid.NewGuid():N}"[..20]);
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:UnixSocket:Path"] = path,
            ["Lmtp:Listeners:0:UnixSocket:Group"] = "daemon",
        });

        var (exitCode, output) = await Processes.ChildProcess.RunAsync("stat", ["-c", "%G %a", path], Cancellation);
        Assert.Equal((0, "daemon 660"), (exitCode, output.Trim()));
    }

    [Fact]
    public async Task Listener_that_others_can_reach_unprotected_stops_the_start_and_says_how_to_allow_it()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:Host"] = "*" }));

        Assert.Contains("set Lmtp:Listeners:0:AllowUnprotected to true", exception.Message, StringComparison.Ordinal);
        await using var allowed = await LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:Host"] = "*", ["Lmtp:Listeners:0:AllowUnprotected"] = "true" });
        Assert.Single(allowed.State.Listeners);
    }

    [Fact]
    public async Task Port_that_is_taken_stops_the_start_with_its_number()
    {
        await using var first = await LmtpHost.StartAsync();

        var exception = await Assert.ThrowsAsync<IOException>(() => LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:Port"] = $"{first.Port}" }));

        Assert.Contains($"{first.Port}", exception.Message, StringComparison.Ordinal);
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

    private static bool CanBind(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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
