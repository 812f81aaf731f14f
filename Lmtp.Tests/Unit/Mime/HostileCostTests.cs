using System.Diagnostics;
using System.Reflection;

using Lmtp.Benchmarks.Mime;
using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>
/// No message of up to 25 MB costs more than a number of times the CPU time of a harmless one of 25 MB. The CPU time is
/// that of the process, so nothing else may run meanwhile.
/// </summary>
[Collection(nameof(HostileCostTests))]
public sealed class HostileCostTests
{
    // About twice of what was measured for the worst shapes. Code that is not optimised is compared with digests that are.
    private static readonly double MostTimes =
        typeof(MessageIndexer).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true ? 60 : 17;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Hostile_messages_cost_no_more_than_a_number_of_times_a_harmless_one()
    {
        var harmless = HostileMessages.Benign[0].Create(HostileMessages.Sizes[0]);
        var failures = new List<string>();
        foreach (var (name, create) in HostileMessages.All)
        {
            foreach (var size in HostileMessages.Sizes)
            {
                var message = create(size);
                var least = double.MaxValue;
                for (var round = 0; round < 3 && least > MostTimes; round++)
                {
                    var unit = await MeasureAsync(harmless);
                    least = Math.Min(least, await MeasureAsync(message) / unit);
                }

                TestContext.Current.TestOutputHelper?.WriteLine($"{name}, {size} bytes: {least:N1}");
                if (least > MostTimes)
                {
                    failures.Add($"{name}, {size} bytes: {least:N1}");
                }
            }
        }

        Assert.Empty(failures);
    }

    /// <summary>Milliseconds of CPU time.</summary>
    private static async Task<double> MeasureAsync(byte[] message)
    {
        var before = Environment.CpuUsage.TotalTime;
        using var indexer = new MessageIndexer(randomName: static () => 0);
        for (var offset = 0; offset < message.Length; offset += 32 * 1024)
        {
            indexer.Write(message.AsSpan(offset, Math.Min(32 * 1024, message.Length - offset)));
        }

        using var indexed = await indexer.CompleteAsync(new MemoryMessageSource(message), TestContext.Current.CancellationToken);
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}

/// <summary>Has the process for itself.</summary>
[CollectionDefinition(nameof(HostileCostTests), DisableParallelization = true)]
public sealed class HostileCostRuns;
