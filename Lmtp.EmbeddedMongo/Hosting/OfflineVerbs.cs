using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Planning;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lmtp.EmbeddedMongo.Hosting;

/// <summary>The verbs that work on a data directory while no server does.</summary>
internal static class OfflineVerbs
{
    /// <summary>Carries out <c>verify</c> or <c>backup</c>.</summary>
    /// <param name="commandLine">The verb and its argument.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="IOException">The directory is in use, or cannot be read or written.</exception>
    public static async Task<int> RunAsync(CommandLine commandLine, CancellationToken cancellationToken)
    {
        var options = ReadOptions(commandLine);
        if (!Directory.Exists(options.Data))
        {
            await Console.Error.WriteLineAsync($"the directory {options.Data} does not exist");
            return ExitCodes.Failure;
        }

        try
        {
            await using var engine = await StorageEngine.OpenAsync(
                Database.ToStorageOptions(options, new PartialFilterCache()),
                TimeProvider.System,
                NullLogger.Instance,
                cancellationToken);
            return commandLine.Verb == "backup"
                ? await BackupAsync(engine, commandLine.Target!, cancellationToken)
                : await VerifyAsync(engine, cancellationToken);
        }
        catch (StorageException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failure;
        }
    }

    private static EmbeddedMongoOptions ReadOptions(CommandLine commandLine)
    {
        using var host = MongoServerHost.Build(commandLine.Settings);
        return host.Services.GetRequiredService<IOptions<EmbeddedMongoOptions>>().Value;
    }

    private static async Task<int> BackupAsync(StorageEngine engine, string target, CancellationToken cancellationToken)
    {
        await engine.BackupAsync(target, cancellationToken);
        Console.WriteLine($"Copied {engine.StorageSize} bytes to {target}");
        return ExitCodes.Success;
    }

    private static async Task<int> VerifyAsync(StorageEngine engine, CancellationToken cancellationToken)
    {
        var report = await engine.VerifyAsync(cancellationToken);
        Console.WriteLine($"Read {report.Segments} segments, {report.Documents} documents and {report.IndexEntries} index entries");
        foreach (var problem in report.Problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        return report.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
