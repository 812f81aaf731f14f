using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Statistics;
using Lmtp.Server.Storage.Statistics;

namespace Lmtp.Tests.Unit.Api;

public sealed class StatisticsRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 20, 30, TimeSpan.Zero);
    private static readonly TimeSpan MinuteRetention = TimeSpan.FromHours(48);

    [Theory]
    [InlineData(0.25, 60)]
    [InlineData(1, 60)]
    [InlineData(6, 300)]
    [InlineData(24, 900)]
    [InlineData(24 * 7, 7200)]
    [InlineData(24 * 30, 21600)]
    [InlineData(24 * 90, 86400)]
    public void Step_fits_the_length(double hours, int step) =>
        Assert.Equal(step, Resolve(Now.AddHours(-hours)).Step.TotalSeconds);

    [Fact]
    public void Buckets_begin_at_multiples_of_their_length_and_cover_the_time()
    {
        var buckets = Resolve(Now.AddHours(-1), step: 300);

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 11, 20, 0, TimeSpan.Zero), buckets.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 25, 0, TimeSpan.Zero), buckets.To);
        Assert.Equal(StatisticsStep.Minute, buckets.Source);
    }

    [Fact]
    public void Nothing_given_is_the_last_hour() =>
        Assert.Equal(61, (Resolve(null).To - Resolve(null).From).TotalMinutes);

    [Fact]
    public void End_in_the_future_is_the_present() =>
        Assert.Equal(Resolve(Now.AddHours(-1)), Resolve(Now.AddHours(-1), Now.AddDays(5)));

    [Fact]
    public void Whole_hours_are_read_as_such() =>
        Assert.Equal(StatisticsStep.Hour, Resolve(Now.AddHours(-3), step: 3600).Source);

    [Theory]
    [InlineData(1, 0, 0, "from")]
    [InlineData(-1, -1, 0, "from")]
    [InlineData(-1, 0, 59, "step")]
    [InlineData(-1, 0, 90, "step")]
    [InlineData(-1, 0, -60, "step")]
    [InlineData(-1, 0, 86_460, "step")]
    [InlineData(-26, 0, 60, "step")]
    [InlineData(-49, 0, 300, "step")]
    [InlineData(-1501, 0, 3600, "step")]
    public void Faults_are_told_with_their_fields(int from, int to, int step, string field)
    {
        var errors = new FieldErrors();
        new StatisticsRange(Now.AddHours(from), Now.AddHours(to), step == 0 ? null : step).Resolve(Now, MinuteRetention, errors);

        Assert.Equal([field], errors.ToProblem().ProblemDetails.Errors.Keys);
    }

    [Theory]
    [InlineData(-25, 60)]
    [InlineData(-48, 300)]
    [InlineData(-1500, 3600)]
    [InlineData(-1500, 86_400)]
    public void Longest_times_of_a_step_are_answered(int from, int step) =>
        Assert.Equal(step, Resolve(Now.AddHours(from), step: step).Step.TotalSeconds);

    [Fact]
    public void Any_times_are_answered_or_refused()
    {
        foreach (var time in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch.AddSeconds(-1)])
        {
            new StatisticsRange(time, null, null).Resolve(Now, MinuteRetention, new FieldErrors());
            new StatisticsRange(null, time, null).Resolve(Now, MinuteRetention, new FieldErrors());
        }
    }

    private static StatisticsBuckets Resolve(DateTimeOffset? from, DateTimeOffset? to = null, int? step = null)
    {
        var errors = new FieldErrors();
        var buckets = new StatisticsRange(from, to, step).Resolve(Now, MinuteRetention, errors);
        Assert.False(errors.Any);
        return buckets;
    }
}
