using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// A process under its own supervisor, which holds the other end of a pipe: when this process ends, however it ends,
/// the pipe closes and the supervisor ends the process and everything that it has started.
/// </summary>
internal sealed partial class SupervisedProcess : IDisposable
{
    private const int SignalKill = 9;

    /// <summary>Variables of the AppHost itself, and of the <c>dotnet run</c> that started it; they mislead a child.</summary>
    private static readonly string[] OwnVariables =
    [
        "ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "MSBUILDLOADMICROSOFTTARGETSREADONLY", "MSBuildExtensionsPath", "MSBuildSDKsPath", "MSBUILD_EXE_PATH",
        "MSBUILDFAILONDRIVEENUMERATINGWILDCARD", "MSBUILDUSESERVER", "DOTNET_CLI_TELEMETRY_SESSIONID",
    ];

    private readonly Process _supervisor;
    private readonly Action<string, bool> _onLine;

    private SupervisedProcess(Process supervisor, Action<string, bool> onLine)
    {
        _supervisor = supervisor;
        _onLine = onLine;
        Completion = RunAsync();
    }

    /// <summary>The <c>dotnet</c> that runs this process, so that children run on the same.</summary>
    public static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The process id of the supervisor, which on POSIX is the id of the process group too.</summary>
    public int Id => _supervisor.Id;

    /// <summary>Completes with the exit code when the process has ended and its output has been read.</summary>
    public Task<int> Completion { get; }

    public static SupervisedProcess Start(ProcessPlan plan, Action<string, bool> onLine)
    {
        var supervisor = Path.Combine(Path.GetDirectoryName(typeof(SupervisedProcess).Assembly.Location)!, "Aspire.Hosting.Orchestration.dll");
        var start = new ProcessStartInfo(DotnetHost, ["exec", supervisor, plan.Command, .. plan.Arguments])
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in OwnVariables.Concat(start.Environment.Keys.Where(name => name.StartsWith("ASPIRE_", StringComparison.Ordinal)).ToArray()))
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        return new SupervisedProcess(Process.Start(start)!, onLine);
    }

    /// <summary>Asks the process to end, and kills it when it has not done so within the time given.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        try
        {
            await _supervisor.StandardInput.WriteLineAsync("stop").ConfigureAwait(false);
            await _supervisor.StandardInput.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The supervisor has just ended by itself.
        }

        try
        {
            await Completion.WaitAsync(grace).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            KillGroup();
            _supervisor.Kill(entireProcessTree: true);
            await Completion.ConfigureAwait(false);
        }
    }

    public void Dispose() => _supervisor.Dispose();

    private async Task<int> RunAsync()
    {
        var output = PumpAsync(_supervisor.StandardOutput, isError: false);
        var error = PumpAsync(_supervisor.StandardError, isError: true);
        await _supervisor.WaitForExitAsync().ConfigureAwait(false);

        // What the process has left behind goes with it; it also holds the ends of the pipes that are read here.
        KillGroup();
        await Task.WhenAll(output, error).ConfigureAwait(false);
        return _supervisor.ExitCode;
    }

    private async Task PumpAsync(StreamReader reader, bool isError)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            _onLine(line, isError);
        }
    }

    private void KillGroup()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(-_supervisor.Id, SignalKill);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
