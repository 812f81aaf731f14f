using BenchmarkDotNet.Running;
using Lmtp.Benchmarks.EmbeddedMongo;
using Lmtp.Benchmarks.Encryption;
using Lmtp.Benchmarks.Filters;
using Lmtp.Benchmarks.Mime;
using Lmtp.Benchmarks.PortalScale;
using Lmtp.Benchmarks.Protocol;

switch (args)
{
    case ["protocol-server"]:
        await ProtocolPrograms.ServeAsync();
        return;
    case ["protocol-idle", var socketPath, var count]:
        await ProtocolPrograms.StayIdleAsync(socketPath, Number(count));
        return;
    case ["protocol-trickle", var port, var count]:
        await ProtocolPrograms.TrickleAsync(Number(port), Number(count));
        return;
}

// "mime [sample] [measure]" measures the indexer, "mime-hostile [sample]" the same with hostile messages,
// "mime-folder folder" what it allocates for messages in files; "filters" the
// rules beside it; "protocol-load [idle connections] [slow senders]" runs the load scenarios; "mongo [folder] [part]"
// measures the embedded database with its data in that folder; "portal-scale [users] [log entries]" what the portal asks
// for where there is much of both; "changes [messages]" changes of many messages and a list of many mailboxes; "encryption
// [small messages] [large messages]" what encrypting costs beside storing plainly; anything else goes to BenchmarkDotNet.
if (args is ["protocol-load", ..])
{
    await LoadScenarios.RunAsync(
        args.Length > 1 ? Number(args[1]) : 10_000,
        args.Length > 2 ? Number(args[2]) : 1_000);
    return;
}

if (args is ["mongo", .. var folder])
{
    await EmbeddedMongoBenchmark.RunAsync(
        folder is [var path, ..] ? path : Directory.GetCurrentDirectory(), folder is [_, var part] ? part : null, CancellationToken.None);
    return;
}

if (args is ["portal-scale", ..])
{
    await PortalScaleBenchmark.RunAsync(
        args.Length > 1 ? Number(args[1]) : 100_000, args.Length > 2 ? Number(args[2]) : 1_000_000, CancellationToken.None);
    return;
}

if (args is ["changes", ..])
{
    await ChangeScaleBenchmark.RunAsync(args.Length > 1 ? Number(args[1]) : 10_000, CancellationToken.None);
    return;
}

if (args is ["encryption", ..])
{
    await EncryptionReport.RunAsync(
        args.Length > 1 ? Number(args[1]) : 1_000, args.Length > 2 ? Number(args[2]) : 50, CancellationToken.None);
    return;
}

if (args is ["filters"])
{
    await FilterReport.RunAsync();
    return;
}

if (args is ["mime-hostile", ..])
{
    await MimeReport.RunHostileAsync(args.AsMemory(1));
    return;
}

if (args is ["mime-folder", var messages])
{
    await MimeReport.RunFolderAsync(messages);
    return;
}

if (args is ["mime", ..])
{
    await MimeReport.RunAsync(args.AsMemory(1));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(DotDecoderBenchmark).Assembly).Run(args);

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
