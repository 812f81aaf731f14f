using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lmtp.Benchmarks.Protocol;

/// <summary>The protocol layer on a Unix socket and a TCP port of this machine, in front of <see cref="DiscardingAgent"/>.</summary>
internal sealed class ProtocolServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private ProtocolServer(WebApplication app, DirectoryInfo folder, DiscardingAgent agent)
    {
        _app = app;
        _folder = folder;
        Agent = agent;
    }

    public DiscardingAgent Agent { get; }

    /// <summary>The TCP port.</summary>
    public int Port => State.Listeners.First(listener => listener.Port is not null).Port!.Value;

    /// <summary>The Unix socket: ten thousand connections to one TCP port would use up the ports of one client address.</summary>
    public string SocketPath => Path.Combine(_folder.FullName, "lmtp");

    public ILmtpServerState State => _app.Services.GetRequiredService<ILmtpServerState>();

    /// <summary>Starts with limits that do not get in the way.</summary>
    public static async Task<ProtocolServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lmtp-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Lmtp:ServerName"] = "bench.example.test",
            ["Lmtp:Listeners:0:Port"] = "0",
            ["Lmtp:Listeners:1:UnixSocket:Path"] = Path.Combine(folder.FullName, "lmtp"),
            ["Lmtp:Limits:MaxConnections"] = "100000",
            ["Lmtp:Limits:MaxConnectionsPerClient"] = "100000",
            ["Lmtp:Limits:MaxMessagesPerConnection"] = "0",
            ["Lmtp:Limits:MinDataRate"] = "0",
        });
        builder.Logging.ClearProviders();
        var agent = new DiscardingAgent();
        builder.Services.AddSingleton<IDeliveryAgent>(agent);
        builder.AddLmtpProtocol();
        var app = builder.Build();
        await app.StartAsync();
        return new ProtocolServer(app, folder, agent);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
