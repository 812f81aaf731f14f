using BenchmarkDotNet.Running;
using Lmtp.Benchmarks.EmbeddedMongo;
using Lmtp.Benchmarks.Protocol;

// "protocol-load [idle connections] [slow senders]" runs the load scenarios; "mongo [folder] [part]" measures the
// embedded database with its data in that folder; anything else goes to BenchmarkDotNet.
if (args is ["protocol-load", ..])
{
    await LoadScenarios.RunAsync(
        args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10_000,
        args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1_000);
    return;
}

if (args is ["mongo", .. var folder])
{
    await EmbeddedMongoBenchmark.RunAsync(
        folder is [var path, ..] ? path : Directory.GetCurrentDirectory(), folder is [_, var part] ? part : null, CancellationToken.None);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(DotDecoderBenchmark).Assembly).Run(args);
