namespace Lmtp.Tests.Processes;

/// <summary>A directory that is gone when the test is.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lmtp-test-").FullName;

    /// <summary>One that programs may enter that run as another user.</summary>
    public static TemporaryDirectory ForEverybody()
    {
        var directory = new TemporaryDirectory();
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Enter = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            System.IO.File.SetUnixFileMode(directory.Path, System.IO.File.GetUnixFileMode(directory.Path) | Enter);
        }

        return directory;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just ending may still write; the system's own clean-up takes the rest.
        }
    }
}
