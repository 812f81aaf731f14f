using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Overview;

/// <summary>A time that the overview can be of.</summary>
/// <param name="Key">How the address names it.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Refresh">How often what is shown of it changes enough to be read again.</param>
internal sealed record OverviewRange(string Key, TimeSpan Length, TimeSpan Refresh)
{
    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<OverviewRange> All { get; } =
    [
        new("15m", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(5)),
        new("1h", TimeSpan.FromHours(1), TimeSpan.FromSeconds(5)),
        new("6h", TimeSpan.FromHours(6), TimeSpan.FromSeconds(15)),
        new("24h", TimeSpan.FromDays(1), TimeSpan.FromSeconds(30)),
        new("7d", TimeSpan.FromDays(7), TimeSpan.FromMinutes(1)),
        new("30d", TimeSpan.FromDays(30), TimeSpan.FromMinutes(1)),
    ];

    /// <summary>What is shown unless the address says otherwise.</summary>
    public static OverviewRange Default => All[1];

    /// <summary>Its name in words.</summary>
    public string Name => Resources.Texts.ResourceManager.GetString($"Range_{Key}", Resources.Texts.Culture) ?? Key;

    /// <summary>The name on its button.</summary>
    public string ShortName => Resources.Texts.ResourceManager.GetString($"RangeShort_{Key}", Resources.Texts.Culture) ?? Key;

    /// <summary>The one of this key, or the default.</summary>
    public static OverviewRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Default;

    /// <summary>Reads what happened within it.</summary>
    public Task<StatisticsResponse> ReadAsync(LmtpApiClient api, DateTimeOffset now, CancellationToken cancellationToken) =>
        api.GetStatisticsAsync(now - Length, cancellationToken: cancellationToken);
}
