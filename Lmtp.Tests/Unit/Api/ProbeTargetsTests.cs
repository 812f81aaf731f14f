using System.Net;
using System.Net.Sockets;
using Lmtp.Server.Api;
using Lmtp.Server.Api.Probe;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.Api;

public sealed class ProbeTargetsTests
{
    private const string Name = "localhost";
    private const string SocketPath = "/run/mail/lmtp";

    [Theory]
    [InlineData(Name, "127.0.0.0/8,::1/128", true)]
    [InlineData(Name, "192.0.2.0/24", false)]
    [InlineData(Name, "", false)]
    [InlineData("127.0.0.1", "192.0.2.0/24", false)]
    [InlineData("192.0.2.7", "192.0.2.0/24", true)]
    [InlineData("192.0.3.7", "192.0.2.0/24", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.0/24", true)]
    [InlineData("2001:db8::1", "2001:db8::/32", true)]
    public async Task Address_that_a_name_leads_to_is_what_has_to_be_allowed(string host, string networks, bool isAllowed)
    {
        var target = await ResolveAsync(host, new ApiOptions { ProbeNetworks = networks.Split(',', StringSplitOptions.RemoveEmptyEntries) });

        // What was checked is connected to, so that the name cannot lead elsewhere meanwhile.
        Assert.Equal(isAllowed, target?.EndPoints is [IPEndPoint { Port: 24 }, ..]);
        Assert.Equal(isAllowed ? host : null, target?.HostName);
    }

    [Theory]
    [InlineData(Name, true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    public async Task Loopback_alone_is_allowed_where_nothing_is_configured(string host, bool isAllowed) =>
        Assert.Equal(isAllowed, await ResolveAsync(host, new ApiOptions()) is not null);

    [Theory]
    [InlineData(SocketPath, true)]
    [InlineData("/run/mail/../mail/lmtp", true)]
    [InlineData("/run/mail/lmtp/../other", false)]
    [InlineData("/run/mail/lmtp2", false)]
    public async Task Socket_has_to_be_allowed_by_its_full_path(string path, bool isAllowed)
    {
        var target = await ResolveAsync(path, new ApiOptions { ProbeSockets = [SocketPath] });

        Assert.Equal(isAllowed ? SocketPath : null, (target?.EndPoints.Single() as UnixDomainSocketEndPoint)?.ToString());
    }

    [Fact]
    public async Task Next_address_of_a_name_is_tried_where_nobody_listens_at_the_first()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var listening = (IPEndPoint)listener.LocalEndpoint;
        await using var connection = new ProbeConnection(
            new ProbeTarget([new IPEndPoint(IPAddress.Parse("127.0.0.2"), listening.Port), listening], Name));

        await connection.ConnectAsync(TestContext.Current.CancellationToken);

        using var accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        Assert.Equal(listening, accepted.LocalEndPoint);
    }

    private static Task<ProbeTarget?> ResolveAsync(string host, ApiOptions options) =>
        new ProbeTargets(Options.Create(options)).ResolveAsync(host, 24, TestContext.Current.CancellationToken);
}
