using System.Net.Sockets;
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
    public int Port => State.Listeners.First(listener => listener.Transport == "tcp").Port!.Value;

    /// <summary>Starts with these settings, on a free port unless they say otherwise.</summary>
    public static async Task<LmtpHost> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Lmtp:ServerName"] = "mx.example.test",
            ["Lmtp:Listeners:0:Port"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        var agent = new InMemoryDeliveryAgent();
        builder.Services.AddSingleton<IDeliveryAgent>(agent);
        builder.AddLmtpProtocol();
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LmtpHost(app, agent);
    }

    /// <summary>Connects to the first TCP listener.</summary>
    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, TestContext.Current.CancellationToken);
        return client;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
