using Lmtp.EmbeddedMongo;
using Lmtp.EmbeddedMongo.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Lmtp.Tests.Integration;

/// <summary>
/// An embedded database on a free port, with a data directory of its own. Tests share one through
/// <see cref="IClassFixture{TFixture}"/> and keep apart by <see cref="NewName"/>.
/// </summary>
public sealed class EmbeddedMongoFixture : IAsyncLifetime
{
    private static int _names;

    private readonly string _directory = Directory.CreateTempSubdirectory("lmtp-mongo-").FullName;
    private WebApplication? _host;

    /// <summary>How clients connect, without a database.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>A name that no other test uses.</summary>
    public static string NewName(string prefix) => $"{prefix}-{Interlocked.Increment(ref _names)}";

    public async ValueTask InitializeAsync()
    {
        _host = MongoServerHost.Build(new Dictionary<string, string?>
        {
            [$"{EmbeddedMongoOptions.Section}:{nameof(EmbeddedMongoOptions.Data)}"] = _directory,
            [$"{EmbeddedMongoOptions.Section}:{nameof(EmbeddedMongoOptions.Port)}"] = "0",

            // The settings of the mail server lie beside the tests, too; its endpoint is not wanted here.
            ["Kestrel:Endpoints:Http:Url"] = "http://127.0.0.1:0",
        });
        await _host.StartAsync();
        ConnectionString = MongoServerHost.Addresses(_host)[0];
    }

    /// <summary>Stops the database, as an outage does. Data stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
