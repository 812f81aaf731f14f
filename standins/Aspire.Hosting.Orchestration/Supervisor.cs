using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs one child, and sees to it that the child does not outlive the process that asked for it.</summary>
internal static class Supervisor
{
    /// <summary>The program could not be started (the shells' number for "command not found").</summary>
    private const int NotStarted = 127;

    /// <summary>How long a child that was asked to end may take before it is killed, once the parent is gone.</summary>
    private static readonly TimeSpan OrphanGrace = TimeSpan.FromSeconds(10);

    /// <summary>Runs the program to its end and returns its exit code.</summary>
    public static async Task<int> RunAsync(string program, string[] arguments)
    {
        PosixSession.Create();
        using var ignoreTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var ignoreHangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);

        using var child = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true } };
        try
        {
            child.Start();
        }
        catch (Win32Exception error)
        {
            await Console.Error.WriteLineAsync($"Cannot start '{program}': {error.Message}").ConfigureAwait(false);
            return NotStarted;
        }

        child.StandardInput.Close();
        var exited = child.WaitForExitAsync();
        var orphaned = WatchLifelineAsync(child);
        if (await Task.WhenAny(exited, orphaned).ConfigureAwait(false) == orphaned)
        {
            await Task.WhenAny(exited, Task.Delay(OrphanGrace)).ConfigureAwait(false);
            Kill(child);
        }

        await exited.ConfigureAwait(false);
        return child.ExitCode;
    }

    /// <summary>Passes requests to end on to the child; completes, with a last request, when the parent is gone.</summary>
    private static async Task WatchLifelineAsync(Process child)
    {
        await using var lifeline = Console.OpenStandardInput();
        var buffer = new byte[16];
        while (await lifeline.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
            RequestStop(child);
        }

        RequestStop(child);
    }

    private static void RequestStop(Process child)
    {
        if (OperatingSystem.IsWindows())
        {
            Kill(child);
            return;
        }

        PosixSession.Terminate();
    }

    private static void Kill(Process child)
    {
        if (OperatingSystem.IsWindows() && !child.HasExited)
        {
            child.Kill(entireProcessTree: true);
        }

        PosixSession.KillAll();
    }
}
