using Lmtp.EmbeddedMongo.Engine.Files;
using Lmtp.EmbeddedMongo.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>A server on a free port over a data directory of its own.</summary>
internal sealed class MongoTestServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly bool _ownsData;

    private MongoTestServer(WebApplication host, string data, bool ownsData)
    {
        _host = host;
        _ownsData = ownsData;
        Data = data;
        Addresses = MongoServerHost.Addresses(host);
    }

    /// <summary>The data directory.</summary>
    public string Data { get; }

    /// <summary>The addresses that clients connect to.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>The address of the port.</summary>
    public string Uri => Addresses[0];

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Settings by name, without their section.</param>
    /// <param name="data">The data directory; null for a new one that goes with the server.</param>
    /// <param name="files">The file system of the data; null for this machine's.</param>
    public static async Task<MongoTestServer> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null,
        string? data = null,
        IFileSystem? files = null)
    {
        var directory = data ?? Directory.CreateTempSubdirectory("lmtp-mongo-").FullName;
        var all = new Dictionary<string, string?> { ["EmbeddedMongo:Port"] = "0", ["EmbeddedMongo:Data"] = directory };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all["EmbeddedMongo:" + key] = value;
        }

        var host = MongoServerHost.Build(all, files);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new MongoTestServer(host, directory, data is null);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
        if (_ownsData)
        {
            Directory.Delete(Data, recursive: true);
        }
    }
}
