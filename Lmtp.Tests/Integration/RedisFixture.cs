using System.Globalization;
using Lmtp.Tests.Processes;
using StackExchange.Redis;

namespace Lmtp.Tests.Integration;

/// <summary>
/// A Redis of its own on a free port, without files. Tests share one through <see cref="IClassFixture{TFixture}"/> and
/// begin with <see cref="Require"/>.
/// </summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private const string Program = "redis-server";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private ChildProcess? _process;
    private ConnectionMultiplexer? _connection;

    public int Port { get; } = FreePort.Next();

    /// <summary>
    /// How clients connect, also on a busy machine, which takes longer for it than the client's defaults say.
    /// <c>allowAdmin</c> lets a test empty it.
    /// </summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},allowAdmin=true,connectTimeout=10000,syncTimeout=30000");

    /// <summary>A connection for the tests' own looks.</summary>
    public IConnectionMultiplexer Connection => _connection!;

    /// <summary>Whether there is one.</summary>
    public bool IsInstalled => _connection is not null;

    /// <summary>Skips the test where Redis is not installed.</summary>
    public void Require() => Assert.SkipUnless(_connection is not null, "redis-server is not installed (Debian package redis-server).");

    /// <summary>Removes every key.</summary>
    public Task ClearAsync() => Connection.GetServer("127.0.0.1", Port).FlushAllDatabasesAsync();

    public async ValueTask InitializeAsync()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, Program))))
        {
            return;
        }

        _process = ChildProcess.Start(
            Program,
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            workingDirectory: Path.GetTempPath());
        await _process.WaitForLineAsync(
            line => line.Contains("Ready to accept connections", StringComparison.Ordinal), StartLimit, CancellationToken.None);
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
}
