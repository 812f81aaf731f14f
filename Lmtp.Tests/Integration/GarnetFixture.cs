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
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly int _port = FreePort.Next();
    private ChildProcess? _process;
    private ConnectionMultiplexer? _connection;

    /// <summary>How clients connect.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},allowAdmin=true");

    /// <summary>A connection for the tests' own looks.</summary>
    public IConnectionMultiplexer Connection => _connection!;

    /// <summary>Skips the test where Garnet was not restored.</summary>
    public void Require() => Assert.SkipUnless(_connection is not null, "garnet-server is not restored (dotnet tool restore).");

    public async ValueTask InitializeAsync()
    {
        await using (var restore = ChildProcess.Start("dotnet", ["tool", "restore"], workingDirectory: Repository.Root))
        {
            await restore.WaitForExitAsync(StartLimit, CancellationToken.None);
            if (restore.ExitCode != 0)
            {
                return;
            }
        }

        _process = ChildProcess.Start(
            "dotnet",
            [
                "tool", "run", "garnet-server", "--", "-q", "--bind", "127.0.0.1", "--port", $"{_port}", "--lua", "--lua-transaction-mode",
                "--memory", "64m", "--index", "4m", "--device-type", "RandomAccess",
            ],
            workingDirectory: Repository.Root);
        await Eventually.TrueAsync(IsListeningAsync, StartLimit);
        _connection = await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},syncTimeout=30000");
    }

    public async ValueTask DisposeAsync()
    {
        _connection?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
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
