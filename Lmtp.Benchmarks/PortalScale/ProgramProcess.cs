using System.Diagnostics;
using System.Globalization;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>The mail server or the portal as a process of its own, as it was built beside the benchmarks.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;

    private ProgramProcess(Process process) => _process = process;

    /// <summary>The processor time it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a project of the repository and waits until its health endpoint answers.</summary>
    /// <param name="project">The project, for instance <c>Lmtp.Server</c>.</param>
    /// <param name="address">Where it listens for HTTP.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ProgramProcess> StartAsync(
        string project, Uri address, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var assembly = AssemblyOf(project);
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        start.Environment["Kestrel__Endpoints__Http__Url"] = address.ToString();
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var started = new ProgramProcess(process);
        await started.WaitUntilServingAsync(address, cancellationToken).ConfigureAwait(false);
        return started;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        _process.Dispose();
    }

    private async Task WaitUntilServingAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StartLimit && !_process.HasExited;)
        {
            try
            {
                using var response = await http.GetAsync("health", cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        throw new InvalidOperationException($"{address} does not answer.");
    }

    private static string AssemblyOf(string project)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var root = built;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Lmtp.sln")))
        {
            root = root.Parent;
        }

        var assembly = Path.Combine(
            root?.FullName ?? built.FullName, project, "bin", built.Parent!.Name, built.Name, $"{project}.dll");
        return File.Exists(assembly) ? assembly : throw new FileNotFoundException($"Build {project} first.", assembly);
    }
}
