using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class ProbeEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Probe_of_our_own_server_tells_greeting_and_capabilities()
    {
        var answer = await system.Api.ConnectAsync(
            new LmtpConnectRequest { Host = "127.0.0.1", Port = system.System.Lmtp.Port }, Token);

        Assert.True(answer.Success, answer.Note);
        Assert.StartsWith("220 ", answer.Greeting, StringComparison.Ordinal);
        Assert.Contains("PIPELINING", answer.Capabilities);
        Assert.Contains("ENHANCEDSTATUSCODES", answer.Capabilities);
        Assert.Equal(["connect", "greeting", "LHLO", "QUIT"], answer.Timings.Select(timing => timing.Step));
    }

    [Fact]
    public async Task Answers_have_the_fields_that_programs_read()
    {
        var user = await system.NewUserAsync();
        var port = system.System.Lmtp.Port;
        var connected = JsonElement.Parse(await system.Http.GetStringAsync($"/api/lmtp/connect?host=127.0.0.1&port={port}", Token));
        using var response = await system.Http.PostAsJsonAsync(
            "/api/lmtp/send", new { host = "127.0.0.1", port, from = "a@example.org", to = new[] { user.Address }, subject = "x", body = "y" }, Token);
        var sent = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));

        Assert.Equal(("127.0.0.1", port, "LMTP"), (Text(connected, "host"), connected.GetProperty("port").GetInt32(), Text(connected, "protocol")));
        Assert.True(connected.GetProperty("success").GetBoolean());
        Assert.NotEmpty(Text(connected, "greeting"));
        Assert.NotEmpty(Text(connected, "note"));
        Assert.All(["capabilities", "timings", "transcript"], name => Assert.NotEqual(0, connected.GetProperty(name).GetArrayLength()));
        Assert.Equal(("127.0.0.1", port, "a@example.org"), (Text(sent, "host"), sent.GetProperty("port").GetInt32(), Text(sent, "from")));
        Assert.Equal((1, 1), (sent.GetProperty("recipientCount").GetInt32(), sent.GetProperty("acceptedCount").GetInt32()));
        Assert.All(["success", "allDelivered"], name => Assert.True(sent.GetProperty(name).GetBoolean()));
        Assert.NotEmpty(Text(sent, "note"));
        var status = Assert.Single(sent.GetProperty("deliveryStatus").EnumerateArray());
        Assert.Equal((user.Address, 250, true), (Text(status, "recipient"), status.GetProperty("code").GetInt32(), status.GetProperty("delivered").GetBoolean()));
        Assert.StartsWith("250 ", Text(status, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_message_is_delivered_to_who_exists_and_refused_for_who_does_not()
    {
        var user = await system.NewUserAsync();

        var answer = await system.Api.SendAsync(
            new LmtpSendRequest
            {
                Host = "127.0.0.1",
                Port = system.System.Lmtp.Port,
                From = "tester@example.org",
                To = [user.Address, $"{ApiSystem.NewName("stranger")}@api.test"],
                Subject = "Prüfung",
                Body = ".\r\nBegins with a dot",
            },
            Token);

        Assert.Equal((true, 2, 1, false), (answer.Success, answer.RecipientCount, answer.AcceptedCount, answer.AllDelivered));
        Assert.Equal([(250, true), (550, false)], answer.DeliveryStatus.Select(status => (status.Code, status.Delivered)));
        var inbox = (await system.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "INBOX");
        var stored = Assert.Single((await system.Api.ListMessagesAsync(user.Id, inbox.Id, cancellationToken: Token)).Items);
        Assert.Equal("Prüfung", stored.Subject);
        Assert.StartsWith(".\r\nBegins", (await system.Api.GetMessageAsync(user.Id, stored.Id, Token)).Text.ReplaceLineEndings("\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("/run/docker.sock")]
    public async Task Target_outside_of_loopback_is_forbidden(string host)
    {
        var refused = await Assert.ThrowsAsync<LmtpApiException>(() =>
            system.Api.ConnectAsync(new LmtpConnectRequest { Host = host, Port = 25 }, Token));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("ProbeNetworks", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "three digits")]
    [InlineData("554 5.3.2 Go away\r\n", "does not want to talk")]
    [InlineData("", "closed the connection")]
    public async Task Server_that_is_no_lmtp_server_is_reported_and_gets_nothing_sent(string greeting, string note)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeOnceAsync(listener, greeting);

        var answer = await system.Api.ConnectAsync(
            new LmtpConnectRequest { Host = "localhost", Port = ((IPEndPoint)listener.LocalEndpoint).Port }, Token);

        Assert.False(answer.Success);
        Assert.Contains(note, answer.Note, StringComparison.Ordinal);
        Assert.Equal(0, await served);
    }

    [Fact]
    public async Task Server_that_says_nothing_is_given_up_after_the_timeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var answer = await system.Api.ConnectAsync(
            new LmtpConnectRequest { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, Timeout = 200 }, Token);

        Assert.False(answer.Success);
        Assert.Contains("in time", answer.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_breaks_cannot_smuggle_commands()
    {
        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.SendAsync(
            new LmtpSendRequest { Host = "127.0.0.1", From = "a@b.example>\r\nRSET", To = ["c@d.example\r\nDATA"], Subject = "x\r\ny" },
            Token));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["from", "subject", "to"], refused.Problem!.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private static async Task<int> ServeOnceAsync(TcpListener listener, string greeting)
    {
        using var socket = await listener.AcceptSocketAsync(Token);
        await socket.SendAsync(Encoding.ASCII.GetBytes(greeting), Token);
        socket.Shutdown(SocketShutdown.Send);
        return await socket.ReceiveAsync(new byte[64], Token);
    }
}
