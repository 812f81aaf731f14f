using Microsoft.Extensions.Options;

namespace Lmtp.Server.RateLimiting;

/// <summary>Reads the rule of each limit from the configuration. What is left out of a rule is as in the limit's default.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="limits">The limits.</param>
internal sealed class RateLimitSettings(IConfiguration configuration, RateLimits limits) : IConfigureOptions<RateLimitOptions>
{
    private static readonly string[] Others =
        [nameof(RateLimitOptions.FailClosed), nameof(RateLimitOptions.Timeout), nameof(RateLimitOptions.OverrideCacheTime)];

    public void Configure(RateLimitOptions options)
    {
        foreach (var setting in configuration.GetSection(RateLimitOptions.Section).GetChildren())
        {
            if (limits.All.FirstOrDefault(limit => IsNamed(setting, limit.Option)) is { } limit)
            {
                options.Rules[limit.Option] = Read(setting, limit, options.Faults);
            }
            else if (!Others.Any(other => IsNamed(setting, other)))
            {
                options.Faults.Add(
                    $"{setting.Path} is no setting; the limits are {string.Join(", ", limits.All.Select(known => known.Option))}.");
            }
        }
    }

    private static bool IsNamed(IConfigurationSection setting, string name) =>
        setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static RateLimitRule Read(IConfigurationSection setting, RateLimit limit, List<string> faults)
    {
        if (!string.IsNullOrEmpty(setting.Value))
        {
            faults.Add($"{setting.Path} is a rule of its own: set {setting.Path}:Count and {setting.Path}:Period.");
        }

        try
        {
            return limit.Default with
            {
                Count = setting.GetValue(nameof(RateLimitRule.Count), limit.Default.Count),
                Period = setting.GetValue(nameof(RateLimitRule.Period), limit.Default.Period),
            };
        }
        catch (InvalidOperationException exception)
        {
            faults.Add(exception.Message);
            return limit.Default;
        }
    }
}
