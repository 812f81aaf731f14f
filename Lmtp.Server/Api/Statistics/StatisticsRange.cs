using System.ComponentModel;
using Lmtp.Server.Api.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Lmtp.Server.Api.Statistics;

/// <summary>From when to when a request asks for statistics, and how finely.</summary>
internal readonly record struct StatisticsRange(
    [property: FromQuery(Name = "from"), Description("The beginning; an hour before the end by default.")] DateTimeOffset? From,
    [property: FromQuery(Name = "to"), Description("The end; now by default.")] DateTimeOffset? To,
    [property: FromQuery(Name = "step"), Description("The seconds of a bucket: whole minutes, or whole hours where minutes are no longer kept; fitting by default.")] int? Step)
{
    /// <summary>The most buckets of an answer.</summary>
    public const int MaxBuckets = 1_500;

    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;
    private const int FittingBuckets = 125;

    private static readonly int[] Steps = [Minute, 5 * Minute, 15 * Minute, Hour, 2 * Hour, 6 * Hour, Day];
    private static readonly TimeSpan DefaultLength = TimeSpan.FromHours(1);

    /// <summary>The first and the last bucket's times; what cannot be asked for is added to the errors.</summary>
    /// <param name="now">The present.</param>
    /// <param name="minuteRetention">How long minutes are kept.</param>
    /// <param name="errors">Takes the errors.</param>
    public StatisticsBuckets Resolve(DateTimeOffset now, TimeSpan minuteRetention, FieldErrors errors)
    {
        var to = To is { } end && end < now ? end.ToUniversalTime() : now;
        var from = From ?? (to - DateTimeOffset.MinValue > DefaultLength ? to - DefaultLength : DateTimeOffset.MinValue);
        var areMinutesKept = now - from <= minuteRetention;
        if (from >= to)
        {
            errors.Add("from", From > now ? "Must not be in the future." : "Must be before the end.");
            return default;
        }

        var step = Step ?? Steps.FirstOrDefault(
            step => (to - from).TotalSeconds / step <= FittingBuckets && (areMinutesKept || step >= Hour), Day);
        if (step is < Minute or > Day || step % Minute != 0)
        {
            errors.Add("step", $"Must be whole minutes, between {Minute} and {Day} seconds.");
        }
        else if (!areMinutesKept && step % Hour != 0)
        {
            errors.Add("step", $"Minutes are kept for {minuteRetention.TotalHours:0} hours: must be whole hours, a multiple of {Hour} seconds.");
        }
        else if ((to - from).TotalSeconds / step > MaxBuckets)
        {
            errors.Add("step", $"Makes more than {MaxBuckets} buckets: take a longer step or a shorter time.");
        }

        return errors.Any ? default : StatisticsBuckets.Around(from, to, TimeSpan.FromSeconds(step), step % Hour == 0);
    }
}
