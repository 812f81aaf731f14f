using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>A POSIX session of one supervisor: whatever its child starts belongs to the same process group.</summary>
internal static partial class PosixSession
{
    private const int SignalKill = 9;
    private const int SignalTerminate = 15;

    /// <summary>
    /// Leaves the parent's process group, so that Ctrl+C in the terminal reaches the parent alone, which then stops its
    /// children in order.
    /// </summary>
    public static void Create()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSession();
        }
    }

    /// <summary>Asks every process of the group to end; the supervisor itself ignores it.</summary>
    public static void Terminate()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(0, SignalTerminate);
        }
    }

    /// <summary>Ends every process of the group at once, the supervisor included.</summary>
    public static void KillAll()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(0, SignalKill);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
