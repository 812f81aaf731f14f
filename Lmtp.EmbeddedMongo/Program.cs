using Lmtp.EmbeddedMongo;
using Lmtp.EmbeddedMongo.Commands.Diagnostics;
using Lmtp.EmbeddedMongo.Hosting;
using Microsoft.Extensions.Options;

CommandLine commandLine;
try
{
    commandLine = CommandLine.Parse(args);
}
catch (CommandLineException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return ExitCodes.Usage;
}

switch (commandLine.Verb)
{
    case "help":
        Console.WriteLine(CommandLine.Help);
        return ExitCodes.Success;
    case "version":
        Console.WriteLine($"Lmtp.EmbeddedMongo {ServerInformation.ProgramVersion} (speaks as MongoDB {ServerInformation.MongoVersion})");
        return ExitCodes.Success;
}

try
{
    if (commandLine.Verb is "verify" or "backup")
    {
        return await DataVerbs.RunAsync(commandLine, CancellationToken.None);
    }

    await using var host = MongoServerHost.Build(commandLine.Settings);
    await host.StartAsync();
    foreach (var address in MongoServerHost.Addresses(host))
    {
        Console.WriteLine($"Listening on {address}");
    }

    await host.WaitForShutdownAsync();
    return ExitCodes.Success;
}
catch (OptionsValidationException exception)
{
    foreach (var failure in exception.Failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }

    return ExitCodes.Usage;
}
catch (IOException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return ExitCodes.Failure;
}
