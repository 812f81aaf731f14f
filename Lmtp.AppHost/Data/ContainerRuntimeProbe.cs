using System.ComponentModel;
using System.Diagnostics;

namespace Lmtp.AppHost.Data;

/// <summary>Finds out whether a container runtime answers: a client program without a running daemon is of no use.</summary>
internal static class ContainerRuntimeProbe
{
    private static readonly string[] Runtimes = ["docker", "podman"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public static async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in Runtimes)
        {
            if (await AnswersAsync(runtime, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<bool> AnswersAsync(string runtime, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        using var process = new Process { StartInfo = new ProcessStartInfo(runtime, ["ps", "--quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return false;
        }

        try
        {
            await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(deadline.Token),
                process.StandardError.ReadToEndAsync(deadline.Token),
                process.WaitForExitAsync(deadline.Token));
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }
}
