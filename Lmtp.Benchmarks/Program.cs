using BenchmarkDotNet.Running;
using Lmtp.Benchmarks.Protocol;

// "protocol-load [idle connections] [slow senders]" runs the load scenarios; anything else goes to BenchmarkDotNet.
if (args is ["protocol-load", ..])
{
    await LoadScenarios.RunAsync(
        args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10_000,
        args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(DotDecoderBenchmark).Assembly).Run(args);
