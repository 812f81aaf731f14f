using System.Globalization;
using System.Net.Sockets;
using Lmtp.Tests.Processes;
using StackExchange.Redis;

namespace Lmtp.Tests.Integration;

/// <summary>
/// A Garnet of its own on a free port, in memory, as the AppHost starts it. Tests begin with <see cref="Require"/>.
/// </summary>
public sealed class GarnetFixture : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromMinutes(5);

    // Once for all fixtures: two that restore at the same time are in each other's way.
    private static readonly Lazy<Task<bool>> Restored = new(RestoreAsync);

    private readonly int _port = FreePort.Next();
    private ChildProcess? _process;
    private ConnectionMultiplexer? _connection;

    /// <summary>How clients connect, also on a busy machine, which takes longer for it than the client's defaults say.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},allowAdmin=true,connectTimeout=10000,syncTimeout=30000");

    /// <summary>A connection for the tests' own looks.</summary>
    public IConnectionMultiplexer Connection => _connection!;

    /// <summary>Skips the test where Garnet was not restored.</summary>
    public void Require() => Assert.SkipUnless(_connection is not null, "garnet-server is not restored (dotnet tool restore).");

    public async ValueTask InitializeAsync()
    {
        if (!await Restored.Value)
        {
            return;
        }

        _process = ChildProcess.Start(
            "dotnet",
            [
                "tool", "run", "garnet-server", "--", "-q", "--bind", "127.0.0.1", "--port", $"{_port}", "--lua", "--lua-transaction-mode",
                "--memory", "64m", "--index", "4m", "--device-type", "RandomAccess",
            ],
            workingDirectory: Repository.Root);
        await Eventually.TrueAsync(IsListeningAsync, StartLimit);
        _connection = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private static async Task<bool> RestoreAsync()
    {
        await using var restore = ChildProcess.Start("dotnet", ["tool", "restore"], workingDirectory: Repository.Root);
        await restore.WaitForExitAsync(RestoreLimit, CancellationToken.None);
        return restore.ExitCode == 0;
    }

    private async Task<bool> IsListeningAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
