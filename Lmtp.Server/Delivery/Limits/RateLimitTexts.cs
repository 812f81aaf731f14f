using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>What a check of rate limits looks like to the client and in the delivery log.</summary>
internal static class RateLimitTexts
{
    /// <summary>The status of a check that does not let mail through.</summary>
    public static DeliveryStatus StatusOf(RateLimitResult result) =>
        result.IsUnavailable ? DeliveryStatus.TemporaryFailure : DeliveryStatus.RateLimited;

    /// <summary>The limits as the delivery log shows them.</summary>
    public static IEnumerable<LimitReading> ReadingsOf(RateLimitResult result) => result.Readings.Select(reading =>
        new LimitReading(
            reading.Request.Limit.Name,
            reading.Used + reading.Request.Cost,
            reading.Request.Rule.Count,
            reading.Request.Limit.Unit,
            reading.IsExceeded));
}
