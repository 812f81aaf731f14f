using Lmtp.Server.Storage.Statistics;

namespace Lmtp.Tests.Unit.Storage.Statistics;

public sealed class LatencyScaleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0)]
    [InlineData(0.100_1, 1)]
    [InlineData(0.2, 5)]
    [InlineData(36_000_000, 95)]
    public void Durations_fall_into_buckets_that_grow(double milliseconds, int bucket) =>
        Assert.Equal(bucket, LatencyScale.BucketOf(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Nothing_has_no_percentile() => Assert.Null(LatencyScale.Percentile(new Dictionary<int, long>(), 0.5));

    [Fact]
    public void Percentiles_are_at_most_a_fifth_off()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var durations = Enumerable.Range(0, random.Next(1, 500)).Select(_ => 0.2 * Math.Pow(10, random.NextDouble() * 5)).Order().ToArray();
            var counts = durations.CountBy(duration => LatencyScale.BucketOf(TimeSpan.FromMilliseconds(duration)))
                .ToDictionary(pair => pair.Key, pair => (long)pair.Value);
            foreach (var part in (double[])[0.5, 0.95, 0.99, 1])
            {
                var exact = durations[(int)Math.Ceiling(part * durations.Length) - 1];
                var found = LatencyScale.Percentile(counts, part)!.Value;
                Assert.True(found >= exact / 1.2 && found <= exact * 1.2, $"seed {Seed} round {round}: {part} is {exact}, not {found}");
            }
        }
    }
}
