using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Portal;

/// <summary>The portal as a process of its own, in front of a mail server.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly ChildProcess _process;

    private PortalProcess(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it; the settings are environment variables beside the usual ones.</summary>
    public static async Task<PortalProcess> StartAsync(
        Uri api, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var (process, address) = Launch(api, settings);
        try
        {
            await process.WaitForLineAsync(
                line => line.Contains("Application started", StringComparison.Ordinal), StartLimit, cancellationToken);
            return new PortalProcess(process, address);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one that cannot start; returns what it says.</summary>
    public static async Task<string> FailAsync(
        Uri api, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var (process, _) = Launch(api, settings);
        await using (process)
        {
            await process.WaitForExitAsync(StartLimit, cancellationToken);
            return process.Output;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Terminate();
        await _process.WaitForExitAsync(StartLimit, CancellationToken.None);
        await _process.DisposeAsync();
    }

    private static (ChildProcess Process, Uri Address) Launch(Uri api, IReadOnlyDictionary<string, string?> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var assembly = Repository.Assembly("Lmtp.Admin");
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Kestrel__Endpoints__Http__Url"] = address.ToString(),
            ["services__lmtp__http__0"] = api.ToString(),
            ["Lmtp__Api__Key"] = MailSystem.PortalKey,
            ["Lmtp__Portal__AttemptsPerMinute"] = "10000",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return (ChildProcess.Start("dotnet", [assembly], environment, Path.GetDirectoryName(assembly)), address);
    }
}
