namespace Lmtp.Tests.Integration.Protocol;

public sealed class AdmissionTests
{
    [Theory]
    [InlineData(TestTransport.Tcp)]
    [InlineData(TestTransport.UnixSocket)]
    public async Task Connection_beyond_the_limit_is_told_and_the_next_one_after_a_close_works(TestTransport transport)
    {
        var path = Path.Combine(Path.GetTempPath(), $"lmtp-{Guid.NewGuid():N}"[..20]);
        var unixSocket = transport == TestTransport.UnixSocket ? path : null;
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Limits:MaxConnections"] = "2",
            ["Lmtp:Listeners:1:UnixSocket:Path"] = path,
        });
        await using var first = await LmtpClient.ConnectAsync(host.Port, unixSocket);
        await using var second = await LmtpClient.ConnectAsync(host.Port, unixSocket);
        Assert.StartsWith("220", await first.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("220", await second.ReadReplyAsync(), StringComparison.Ordinal);

        await using (var third = await LmtpClient.ConnectAsync(host.Port, unixSocket))
        {
            Assert.Equal("421 4.3.2 Too many connections, try again later", await third.ReadReplyAsync());
            Assert.Equal("", await third.ReadReplyAsync());
        }

        Assert.Equal(2, host.State.OpenConnections);
        await first.AskAsync("QUIT");
        await Eventually.TrueAsync(() => host.State.OpenConnections == 1);
        await using var fourth = await LmtpClient.ConnectAsync(host.Port, unixSocket);
        Assert.StartsWith("220", await fourth.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_of_all_listeners_are_limited_together()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lmtp-{Guid.NewGuid():N}"[..20]);
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Limits:MaxConnections"] = "2",
            ["Lmtp:Limits:MaxConnectionsPerClient"] = "1",
            ["Lmtp:Listeners:1:UnixSocket:Path"] = path,
        });
        await using var tcp = await LmtpClient.ConnectAsync(host.Port);
        await using var unix = await LmtpClient.ConnectAsync(0, path);
        Assert.StartsWith("220", await tcp.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("220", await unix.ReadReplyAsync(), StringComparison.Ordinal);

        await using var third = await LmtpClient.ConnectAsync(0, path);

        Assert.Equal("421 4.3.2 Too many connections, try again later", await third.ReadReplyAsync());
    }

    [Fact]
    public async Task Connection_beyond_the_limit_of_its_client_is_told()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Limits:MaxConnectionsPerClient"] = "1" });
        await using var first = await LmtpClient.ConnectAsync(host.Port);
        await first.ReadReplyAsync();

        await using var second = await LmtpClient.ConnectAsync(host.Port);

        Assert.Equal("421 4.7.0 Too many connections from your address, use fewer or try again later", await second.ReadReplyAsync());
    }

    [Theory]
    [InlineData("127.0.0.0/8", "220 mx.example.test LMTP ready")]
    [InlineData("192.0.2.0/24", "421 4.7.1 Clients from your network are not allowed here, see ClientNetworks")]
    public async Task Only_allowed_networks_are_let_in(string network, string greeting)
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:ClientNetworks:0"] = network });
        await using var client = await LmtpClient.ConnectAsync(host.Port);

        Assert.Equal(greeting, await client.ReadReplyAsync());
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 192.0.2.2 1234 24\r\n", "192.0.2.7")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:db8::2 1234 24\r\n", "2001:db8::7")]
    [InlineData("PROXY UNKNOWN\r\n", "127.0.0.1")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x09\xc0\0\x02\x02\x04\xd2\0\x18", "192.0.2.9")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", "127.0.0.1")]
    public async Task Proxy_header_gives_the_client(string header, string client)
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:ProxyNetworks:0"] = "127.0.0.1" });
        await using var connection = await LmtpClient.ConnectAsync(host.Port);

        await connection.SendRawAsync(header + "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\n.\r\nQUIT\r\n");

        while (await connection.ReadReplyAsync() is { Length: > 0 })
        {
        }

        Assert.Equal(client, Assert.Single(host.Agent.Messages).Transaction.Session.ClientAddress!.ToString());
    }

    [Theory]
    [InlineData("LHLO x\r\n")]
    [InlineData("PROXY TCP9 a b c d\r\n")]
    public async Task Connection_without_a_valid_proxy_header_is_closed(string input)
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:ProxyNetworks:0"] = "127.0.0.1" });
        await using var connection = await LmtpClient.ConnectAsync(host.Port);

        await connection.SendRawAsync(input);

        Assert.Equal("", await connection.ReadReplyAsync());
    }

    [Fact]
    public async Task Proxy_that_is_not_known_is_closed()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:ProxyNetworks:0"] = "192.0.2.1" });
        await using var connection = await LmtpClient.ConnectAsync(host.Port);

        Assert.Equal("", await connection.ReadReplyAsync());
    }

    [Fact]
    public async Task Proxy_that_sends_no_header_in_time_is_closed()
    {
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:ProxyNetworks:0"] = "127.0.0.1",
            ["Lmtp:Limits:HandshakeTimeout"] = "00:00:00.1",
        });
        await using var connection = await LmtpClient.ConnectAsync(host.Port);
        await connection.SendRawAsync("PROXY TCP4 192.0.2.7");

        Assert.Equal("", await connection.ReadReplyAsync());
    }

    [Theory]
    [InlineData("192.0.2.7", "220 mx.example.test LMTP ready")]
    [InlineData("198.51.100.7", "421 4.7.1 Clients from your network are not allowed here, see ClientNetworks")]
    public async Task Behind_a_proxy_the_allowed_networks_are_those_of_the_client(string client, string greeting)
    {
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:ProxyNetworks:0"] = "127.0.0.1",
            ["Lmtp:Listeners:0:ClientNetworks:0"] = "192.0.2.0/24",
        });
        await using var connection = await LmtpClient.ConnectAsync(host.Port);

        await connection.SendRawAsync($"PROXY TCP4 {client} 192.0.2.2 1234 24\r\n");

        Assert.Equal(greeting, await connection.ReadReplyAsync());
    }

    [Fact]
    public async Task Behind_a_proxy_connections_are_counted_by_client()
    {
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:ProxyNetworks:0"] = "127.0.0.1",
            ["Lmtp:Limits:MaxConnectionsPerClient"] = "1",
        });
        var greetings = new List<string>();
        var connections = new List<LmtpClient>();
        foreach (var client in new[] { "192.0.2.7", "192.0.2.7", "192.0.2.8" })
        {
            connections.Add(await LmtpClient.ConnectAsync(host.Port));
            await connections[^1].SendRawAsync($"PROXY TCP4 {client} 192.0.2.2 1234 24\r\n");
            greetings.Add((await connections[^1].ReadReplyAsync())[..3]);
        }

        Assert.Equal(["220", "421", "220"], greetings);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task Relay_names_the_client_and_its_queue_id()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:XclientNetworks:0"] = "127.0.0.1" });
        await using var relay = await LmtpClient.ConnectAsync(host.Port);
        await relay.ReadReplyAsync();
        await relay.AskAsync("LHLO x");
        await relay.AskAsync("XCLIENT NAME=mail.example.test ADDR=192.0.2.7 LOGIN=u");
        await relay.AskAsync("LHLO x");
        await relay.AskAsync("XFORWARD IDENT=4XyZ");

        foreach (var command in new[] { "MAIL FROM:<>", "RCPT TO:<a@b.test>", "DATA", ".", "MAIL FROM:<>", "RCPT TO:<a@b.test>", "DATA", "." })
        {
            await relay.AskAsync(command);
        }

        var sessions = host.Agent.Messages.Select(message => message.Transaction.Session).ToArray();
        Assert.Equal(("192.0.2.7", "mail.example.test", "u", "4XyZ"), (sessions[0].ClientAddress!.ToString(), sessions[0].ClientHost, sessions[0].AuthenticatedAs, sessions[0].QueueId));
        Assert.Null(sessions[1].QueueId);
        Assert.Equal("mail.example.test", sessions[1].ClientHost);
    }

    [Fact]
    public async Task Several_listeners_are_listed_with_their_real_ports()
    {
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:Name"] = "first",
            ["Lmtp:Listeners:1:Host"] = "localhost",
            ["Lmtp:Listeners:1:Port"] = "0",
        });

        Assert.Equal(2, host.State.Listeners.Count);
        Assert.Equal("first", host.State.Listeners[0].Name);
        Assert.All(host.State.Listeners, listener => Assert.Equal($"127.0.0.1:{listener.Port}", listener.Address));
        Assert.DoesNotContain(host.State.Listeners, listener => listener.Port == 0);
    }

    [Fact]
    public async Task Server_that_is_switched_off_listens_nowhere()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["LMTP_ENABLED"] = "false", ["urls"] = "http://127.0.0.1:0" });

        Assert.False(host.State.IsEnabled);
        Assert.Empty(host.State.Listeners);
    }

    [Fact]
    public async Task Another_server_on_the_unix_socket_is_not_pushed_aside()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lmtp-{Guid.NewGuid():N}"[..20]);
        var settings = new Dictionary<string, string?> { ["Lmtp:Listeners:0:UnixSocket:Path"] = path };
        await using var host = await LmtpHost.StartAsync(settings);

        await Assert.ThrowsAsync<IOException>(() => LmtpHost.StartAsync(settings));

        await using var client = await LmtpClient.ConnectAsync(0, path);
        Assert.StartsWith("220", await client.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_socket_is_never_deleted()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lmtp-{Guid.NewGuid():N}"[..20]);
        await File.WriteAllTextAsync(path, "precious", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => LmtpHost.StartAsync(new() { ["Lmtp:Listeners:0:UnixSocket:Path"] = path }));

        Assert.Equal("precious", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        File.Delete(path);
    }

    [Fact]
    public async Task Group_that_does_not_exist_stops_the_start_with_its_name()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lmtp-{Guid.NewGuid():N}"[..20]);

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:UnixSocket:Path"] = path,
            ["Lmtp:Listeners:0:UnixSocket:Group"] = "no-such-group",
        }));

        Assert.Contains("no-such-group", exception.ToString(), StringComparison.Ordinal);
    }
}
