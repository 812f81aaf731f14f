using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Maintenance;
using Lmtp.EmbeddedMongo.Query.Planning;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lmtp.EmbeddedMongo.Hosting;

/// <summary>The verbs that work on a data directory by themselves.</summary>
internal static class DataVerbs
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

        var storage = Database.ToStorageOptions(options, new PartialFilterCache());
        try
        {
            return commandLine.Verb == "backup"
                ? await BackupAsync(storage, commandLine.Target!, cancellationToken)
                : await VerifyAsync(storage, cancellationToken);
        }
        catch (DataInUseException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}: stop the server, or verify a backup of it");
            return ExitCodes.Failure;
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

    private static async Task<int> BackupAsync(StorageOptions storage, string target, CancellationToken cancellationToken)
    {
        var copied = await Backup.CopyAsync(storage, target, cancellationToken);
        Console.WriteLine($"Copied {copied} bytes to {target}");
        return ExitCodes.Success;
    }

    private static async Task<int> VerifyAsync(StorageOptions storage, CancellationToken cancellationToken)
    {
        await using var engine = await StorageEngine.OpenAsync(storage, TimeProvider.System, NullLogger.Instance, cancellationToken);
        var report = await engine.VerifyAsync(cancellationToken);
        Console.WriteLine($"Read {report.Segments} segments, {report.Documents} documents and {report.IndexEntries} index entries");
        foreach (var problem in report.Problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        return report.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }
}
