using System.Runtime.InteropServices;
using System.Text;

namespace Lmtp.EmbeddedMongo.Engine.Files;

/// <summary>
/// Puts the names of a folder's files on disk. Flushing a file secures its contents; that the file can be found after a
/// power failure is the folder's business on Unix.
/// </summary>
internal static class DirectorySync
{
    /// <summary>Flushes a folder.</summary>
    /// <exception cref="IOException">The system reports an error.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int ReadOnly = 0;
        int descriptor = Open(Encoding.UTF8.GetBytes(directory + '\0'), ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"the folder {directory} cannot be opened (error {Marshal.GetLastPInvokeError()})");
        }

        int result = Sync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"the folder {directory} cannot be flushed (error {error})");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
