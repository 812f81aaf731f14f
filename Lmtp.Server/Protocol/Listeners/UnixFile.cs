using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>What .NET has no call for: the type of a file and its group.</summary>
internal static class UnixFile
{
    private const int KeepOwner = -1;

    /// <summary>Whether the path names a socket; anything else must never be deleted.</summary>
    public static bool IsSocket(string path)
    {
        // A socket is the one kind of file that cannot be opened. Asking for both directions keeps a FIFO from waiting.
        var info = new FileInfo(path);
        if (info.LinkTarget is not null || (info.Attributes & FileAttributes.Directory) != 0)
        {
            return false;
        }

        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Gives the file to a group, named or numbered.</summary>
    /// <exception cref="IOException">There is no such group, or the process may not do it.</exception>
    public static void SetGroup(string path, string group)
    {
        var id = int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : FindGroup(group);
        if (ChangeOwner(Encoding.UTF8.GetBytes(path + '\0'), KeepOwner, id) != 0)
        {
            throw new IOException($"Cannot give {path} to the group {group}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");
        }
    }

    private static int FindGroup(string group)
    {
        foreach (var line in File.ReadLines("/etc/group"))
        {
            var fields = line.Split(':');
            if (fields.Length > 2 && fields[0] == group && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return id;
            }
        }

        throw new IOException($"There is no group named {group}; name one from /etc/group, or give its number.");
    }

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, int owner, int group);
}
