using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Encryption;

/// <summary>A folder for the files of outside programs, removed with all that is in it.</summary>
internal sealed class WorkFolder : IDisposable
{
    // GnuPG puts sockets into it, whose paths must be short, and takes them away when its agent ends.
    private readonly TemporaryDirectory _folder = new();

    public string Root => _folder.Path;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Whether a program is installed; the test skips where it is not.</summary>
    public static void Require(string program) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))),
        $"{program} is not installed.");

    /// <summary>Runs a program that has to succeed, and returns what it said.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.RunAsync(program, arguments, TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    public async Task<string> WriteAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(this[name], bytes, TestContext.Current.CancellationToken);
        return this[name];
    }

    public void Dispose() => _folder.Dispose();
}
