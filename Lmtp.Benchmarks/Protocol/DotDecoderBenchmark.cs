using System.Text;
using BenchmarkDotNet.Attributes;
using Lmtp.Server.Protocol.Receiving;

namespace Lmtp.Benchmarks.Protocol;

/// <summary>Decoding of one MiB of DATA, beside a plain search for line ends over the same bytes.</summary>
[MemoryDiagnoser]
public class DotDecoderBenchmark
{
    private byte[] _wire = [];

    /// <summary>Makes the bytes.</summary>
    [GlobalSetup]
    public void Setup() =>
        _wire = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 13_443)) + ".\r\n");

    /// <summary>The search.</summary>
    [Benchmark(Baseline = true)]
    public int CountLines() => _wire.AsSpan().Count((byte)'\n');

    /// <summary>The decoder.</summary>
    [Benchmark]
    public int Decode()
    {
        var decoder = new DotDecoder();
        var data = 0;
        ReadOnlySpan<byte> rest = _wire;
        while (true)
        {
            var step = decoder.Next(rest[..Math.Min(rest.Length, 4096)], out var consumed);
            if (step == DotStep.End)
            {
                return data;
            }

            data += step == DotStep.Data ? consumed : 0;
            rest = rest[consumed..];
        }
    }
}
