using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Security;

/// <summary>
/// Has the master key ready before the server listens. Without a configured key one is made once and kept in a file
/// that only its owner can read; the log names the file, never the key.
/// </summary>
internal sealed partial class MasterApiKeyLoader(
    MasterApiKey key, IOptions<ApiOptions> options, IHostEnvironment environment, ILogger<MasterApiKeyLoader> logger)
    : IHostedLifecycleService
{
    private const int GeneratedBytes = 32;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Key is { Length: > 0 } configured)
        {
            key.Set(configured);
            return;
        }

        var path = Path.GetFullPath(options.Value.KeyFile, environment.ContentRootPath);
        key.Set(await ReadAsync(path, cancellationToken) ?? await CreateAsync(path, cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var stored = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        if (stored.Length < ApiOptionsValidator.MinKeyLength)
        {
            throw new InvalidOperationException(
                $"The API key file {path} holds no key. Delete it to have one made, or set {ApiOptions.Section}:{nameof(ApiOptions.Key)}.");
        }

        LogRead(path);
        return stored;
    }

    private async Task<string> CreateAsync(string path, CancellationToken cancellationToken)
    {
        var generated = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(GeneratedBytes));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, create);
        await writer.WriteLineAsync(generated.AsMemory(), cancellationToken);
        LogCreated(path);
        return generated;
    }

    [LoggerMessage(4000, LogLevel.Information, "No API key is configured; one was made and is kept in {Path}")]
    private partial void LogCreated(string path);

    [LoggerMessage(4001, LogLevel.Information, "No API key is configured; the one in {Path} is used")]
    private partial void LogRead(string path);
}
