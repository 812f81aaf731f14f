using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>Runs scripts with Node and MongoDB's official driver from npm.</summary>
internal static class NodeDriver
{
    /// <summary>The driver's folder; the test skips where Node or the driver is absent.</summary>
    public static string Require() => RequireModule("mongodb");

    /// <summary>The folder of a module from npm; the test skips where Node or the module is absent.</summary>
    /// <param name="name">The module's name.</param>
    public static string RequireModule(string name)
    {
        Assert.SkipUnless(FindOnPath("node") is not null, "Node.js is not installed.");
        var module = Candidates().Select(folder => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);
        Assert.SkipWhen(module is null, $"Node's module {name} is not installed (npm install --prefix artifacts mongodb@6 mingo@6.7.2 @seriousme/openapi-schema-validator@2.11.0).");
        return module!;
    }

    /// <summary>A script of this folder.</summary>
    /// <param name="name">Its file name.</param>
    public static string Script(string name, [CallerFilePath] string caller = "") =>
        Path.Combine(Path.GetDirectoryName(caller)!, "Node", name);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="arguments">The script and its arguments.</param>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("node", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"node {arguments[0]} failed:\n{await error}\n{await output}");
        return await output;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("LMTP_NODE_MODULES") is { Length: > 0 } configured)
        {
            yield return configured;
        }

        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            yield return Path.Combine(directory.FullName, "artifacts", "node_modules");
        }
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
