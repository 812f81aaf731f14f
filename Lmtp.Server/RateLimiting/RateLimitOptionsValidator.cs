using Microsoft.Extensions.Options;

namespace Lmtp.Server.RateLimiting;

/// <summary>Finds all that is wrong with the options, each fault with its key.</summary>
/// <param name="limits">The limits.</param>
internal sealed class RateLimitOptionsValidator(RateLimits limits) : IValidateOptions<RateLimitOptions>
{
    private static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(30);

    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var faults = new List<string>(options.Faults);
        foreach (var limit in limits.All)
        {
            if (!options.RuleOf(limit).IsValid)
            {
                faults.Add(
                    $"{RateLimitOptions.Section}:{limit.Option} must have a Count of 0 to {RateLimitRule.MaxCount} and a Period of {RateLimitRule.MinPeriod} to {RateLimitRule.MaxPeriod}.");
            }
        }

        if (options.Timeout < MinTimeout || options.Timeout > MaxTimeout)
        {
            faults.Add($"{RateLimitOptions.Section}:{nameof(options.Timeout)} must be {MinTimeout} to {MaxTimeout}.");
        }

        if (options.OverrideCacheTime < TimeSpan.Zero || options.OverrideCacheTime > RateLimitOptions.MaxOverrideCacheTime)
        {
            faults.Add($"{RateLimitOptions.Section}:{nameof(options.OverrideCacheTime)} must be 0 to {RateLimitOptions.MaxOverrideCacheTime}.");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
