using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Lmtp.Server;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol;
using Lmtp.Tests.Unit.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>The protocol layer on real Kestrel listeners, in front of a delivery agent in memory.</summary>
internal sealed class LmtpHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LmtpHost(WebApplication app, InMemoryDeliveryAgent agent)
    {
        _app = app;
        Agent = agent;
    }

    public InMemoryDeliveryAgent Agent { get; }

    public ILmtpServerState State => _app.Services.GetRequiredService<ILmtpServerState>();

    /// <summary>The port of the first TCP listener.</summary>
    public int Port => PortOf(0);

    /// <summary>Starts with these settings, on a free port unless they say otherwise.</summary>
    public static async Task<LmtpHost> StartAsync(
        Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, ILoggerProvider? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Lmtp:ServerName"] = "mx.example.test",
            ["Lmtp:Listeners:0:Port"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddEnvironmentAliases();
        builder.Logging.ClearProviders();
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        }

        var agent = new InMemoryDeliveryAgent();
        builder.Services.AddSingleton<IDeliveryAgent>(agent);
        builder.AddLmtpProtocol();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LmtpHost(app, agent);
    }

    /// <summary>The port of a TCP listener, counted from zero.</summary>
    public int PortOf(int index) => State.Listeners.Where(listener => listener.Transport == "tcp").ElementAt(index).Port!.Value;

    /// <summary>Connects to the first TCP listener.</summary>
    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Connects a socket to a TCP port of this machine or to a Unix socket.</summary>
    public static async Task<Socket> ConnectAsync(int port, string? unixSocket = null)
    {
        var socket = unixSocket is null
            ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await (unixSocket is null
            ? socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken)
            : socket.ConnectAsync(new UnixDomainSocketEndPoint(unixSocket), TestContext.Current.CancellationToken));
        return socket;
    }

    /// <summary>Does the client's side of a TLS handshake, trusting the test authority.</summary>
    public static async Task<SslStream> UseTlsAsync(Stream stream, X509Certificate2? certificate = null)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "mx.example.test",
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Issuer == "CN=Test authority",
                ClientCertificates = certificate is null ? null : [certificate],
            },
            TestContext.Current.CancellationToken);
        return tls;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
