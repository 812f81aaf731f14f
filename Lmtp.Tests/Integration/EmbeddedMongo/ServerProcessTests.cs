using System.Net;
using System.Net.Sockets;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.Tests.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>The server as a process: how it starts, how it ends, and its verbs.</summary>
public sealed class ServerProcessTests
{
    private const string Announcement = "Listening on ";
    private const int Failure = 1;
    private const int Clients = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string Server = Path.Combine(AppContext.BaseDirectory, "Lmtp.EmbeddedMongo.dll");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Port_in_use_is_said_in_one_line()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using TemporaryDirectory data = new();
        await AssertRefusesToStartAsync($"127.0.0.1:{port}", "--data", data.Path, "--port", port);
    }

    [Fact]
    public async Task Socket_in_use_is_said_in_one_line()
    {
        using TemporaryDirectory folder = new();
        var path = folder.File("socket");
        using Socket other = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(path));
        other.Listen();
        await AssertRefusesToStartAsync(path, "--data", folder.File("data"), "--port", "-1", "--socket", path);
    }

    [Fact]
    public async Task File_in_the_place_of_the_socket_is_left_alone()
    {
        using TemporaryDirectory folder = new();
        var path = folder.File("socket");
        await File.WriteAllTextAsync(path, "precious", Token);
        await AssertRefusesToStartAsync(path, "--data", folder.File("data"), "--port", "-1", "--socket", path);
        Assert.Equal("precious", await File.ReadAllTextAsync(path, Token));
    }

    [Fact]
    public async Task Data_in_use_is_said_in_one_line()
    {
        using TemporaryDirectory data = new();
        await using var first = ChildProcess.Start("dotnet", [Server, "--data", data.Path, "--port", "0"]);
        await AddressAsync(first);
        await AssertRefusesToStartAsync(data.Path, "--data", data.Path, "--port", "0");
    }

    [Fact]
    public async Task Socket_of_a_killed_server_is_taken_over()
    {
        using TemporaryDirectory folder = new();
        string[] arguments = [Server, "--data", folder.File("data"), "--port", "-1", "--socket", folder.File("socket")];
        await using var first = ChildProcess.Start("dotnet", arguments);
        await AddressAsync(first);
        await first.KillAsync(Token);
        await using var second = ChildProcess.Start("dotnet", arguments);
        await AddressAsync(second);
    }

    [Fact]
    public async Task Termination_under_load_ends_in_order_and_keeps_every_acknowledged_write()
    {
        using TemporaryDirectory data = new();
        await using var process = ChildProcess.Start("dotnet", [Server, "--data", data.Path, "--port", "0"]);
        using MongoClient client = new(await AddressAsync(process));
        TaskCompletionSource busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, Clients).Select(writer => WriteAsync(client, writer, busy)).ToList();
        await busy.Task.WaitAsync(Patience, Token);
        process.Terminate();
        await process.WaitForExitAsync(Patience, Token);
        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("fail:", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", process.Output, StringComparison.Ordinal);
        var acknowledged = (await Task.WhenAll(writers)).Sum();

        await using var engine = await OpenAsync(data.Path);
        Assert.Empty((await engine.VerifyAsync(Token)).Problems);
        Assert.InRange(engine.Find(new Namespace("test", "c"))!.Count, acknowledged, acknowledged + Clients);
    }

    [Fact]
    public async Task Backup_of_a_running_server_holds_every_write_acknowledged_before()
    {
        using TemporaryDirectory data = new();
        using TemporaryDirectory copies = new();
        await using var process = ChildProcess.Start("dotnet", [Server, "--data", data.Path, "--port", "0"]);
        using MongoClient client = new(await AddressAsync(process));
        TaskCompletionSource busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = WriteAsync(client, 0, busy);
        await busy.Task.WaitAsync(Patience, Token);
        var before = await client.GetDatabase("test").GetCollection<BsonDocument>("c").CountDocumentsAsync(new BsonDocument(), cancellationToken: Token);

        var (exitCode, output) = await ChildProcess.RunAsync("dotnet", [Server, "backup", copies.File("copy"), "--data", data.Path], Token);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Copied", output, StringComparison.Ordinal);
        Assert.False(process.HasExited);
        process.Terminate();
        await writer;

        await using var engine = await OpenAsync(copies.File("copy"));
        Assert.Empty((await engine.VerifyAsync(Token)).Problems);
        Assert.True(engine.Find(new Namespace("test", "c"))!.Count >= before);
    }

    [Fact]
    public async Task Backup_of_nothing_is_an_error()
    {
        using TemporaryDirectory folder = new();
        var (exitCode, output) = await ChildProcess.RunAsync("dotnet", [Server, "backup", folder.File("copy"), "--data", folder.Path], Token);
        Assert.Equal(Failure, exitCode);
        Assert.Contains("holds no database", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_of_data_in_use_says_what_to_do()
    {
        using TemporaryDirectory data = new();
        await using var process = ChildProcess.Start("dotnet", [Server, "--data", data.Path, "--port", "0"]);
        await AddressAsync(process);
        var (exitCode, output) = await ChildProcess.RunAsync("dotnet", [Server, "verify", "--data", data.Path], Token);
        Assert.Equal(Failure, exitCode);
        Assert.Contains("stop the server, or verify a backup", output, StringComparison.Ordinal);
    }

    private static async Task AssertRefusesToStartAsync(string named, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.RunAsync("dotnet", [Server, .. arguments], Token);
        Assert.Equal(Failure, exitCode);
        var line = Assert.Single(output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.Contains("in use", line, StringComparison.Ordinal);
    }

    private static async Task<string> AddressAsync(ChildProcess process) =>
        (await process.WaitForLineAsync(line => line.StartsWith(Announcement, StringComparison.Ordinal), Patience, Token))[Announcement.Length..];

    // Writes until the server is gone; returns how many writes were acknowledged.
    private static async Task<int> WriteAsync(MongoClient client, int writer, TaskCompletionSource busy)
    {
        const int Busy = 50;
        var collection = client.GetDatabase("test").GetCollection<BsonDocument>("c");
        for (var count = 0; ; count++)
        {
            try
            {
                await collection.InsertOneAsync(new BsonDocument { { "_id", $"{writer}-{count}" }, { "text", new string('x', 500) } }, cancellationToken: Token);
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException or IOException or SocketException)
            {
                return count;
            }

            if (count == Busy)
            {
                busy.TrySetResult();
            }
        }
    }

    private static Task<StorageEngine> OpenAsync(string directory) => StorageEngine.OpenAsync(
        new StorageOptions { Directory = directory }, TimeProvider.System, NullLogger.Instance, Token);
}
