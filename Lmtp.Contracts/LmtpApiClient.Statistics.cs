using System.Globalization;

namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>What happened from one time to another.</summary>
    /// <param name="from">The beginning; null is an hour before the end.</param>
    /// <param name="to">The end; null is now.</param>
    /// <param name="step">The seconds of a bucket, whole minutes; null lets the server choose.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<StatisticsResponse> GetStatisticsAsync(
        DateTimeOffset? from = null, DateTimeOffset? to = null, int? step = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query(
                "api/v1/statistics",
                ("from", from?.ToString("O", CultureInfo.InvariantCulture)),
                ("to", to?.ToString("O", CultureInfo.InvariantCulture)),
                ("step", step)),
            Json.StatisticsResponse,
            cancellationToken);

    /// <summary>What waits, and what is stored, just now.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<CurrentStatisticsResponse> GetCurrentStatisticsAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/statistics/current", Json.CurrentStatisticsResponse, cancellationToken);
}
