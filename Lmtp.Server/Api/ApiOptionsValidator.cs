using System.Net;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api;

/// <summary>Reports every fault of <see cref="ApiOptions"/> at once, each with its key.</summary>
internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public const int MinKeyLength = 16;

    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        List<string> faults = [];
        if (options.Key is { Length: > 0 and < MinKeyLength })
        {
            faults.Add($"{ApiOptions.Section}:{nameof(options.Key)} needs at least {MinKeyLength} characters.");
        }

        if (options.PortalKey is { Length: > 0 and < MinKeyLength })
        {
            faults.Add($"{ApiOptions.Section}:{nameof(options.PortalKey)} needs at least {MinKeyLength} characters.");
        }

        if (options.PortalKey is { Length: > 0 } && options.PortalKey == options.Key)
        {
            faults.Add($"{ApiOptions.Section}:{nameof(options.PortalKey)} must differ from {nameof(options.Key)}.");
        }

        if (string.IsNullOrEmpty(options.Key) && string.IsNullOrWhiteSpace(options.KeyFile))
        {
            faults.Add($"{ApiOptions.Section}:{nameof(options.KeyFile)} is empty while no key is configured.");
        }

        Range(options.MaxPageSize, 1, 1000, nameof(options.MaxPageSize));
        Range(options.DefaultPageSize, 1, Math.Max(1, options.MaxPageSize), nameof(options.DefaultPageSize));
        Range(options.MaxRequestBytes, 1024, 64 * 1024 * 1024, nameof(options.MaxRequestBytes));
        Range(options.RequestsPerSecond, 1, 100_000, nameof(options.RequestsPerSecond));
        Range(options.RequestBurst, 1, 1_000_000, nameof(options.RequestBurst));
        if (options.AuditRetention < TimeSpan.FromDays(1) || options.AuditRetention > TimeSpan.FromDays(3660))
        {
            faults.Add($"{ApiOptions.Section}:{nameof(options.AuditRetention)} is {options.AuditRetention}; it must be between 1 day and 3660 days.");
        }

        if (options.HeartbeatInterval < TimeSpan.FromSeconds(1) || options.HeartbeatInterval > TimeSpan.FromMinutes(5))
        {
            faults.Add($"{ApiOptions.Section}:{nameof(options.HeartbeatInterval)} is {options.HeartbeatInterval}; it must be between 1 second and 5 minutes.");
        }

        faults.AddRange((options.ProbeNetworks ?? [])
            .Where(static network => !IPNetwork.TryParse(network, out _))
            .Select(static network => $"{ApiOptions.Section}:{nameof(options.ProbeNetworks)} has {network}, which is no network such as 192.0.2.0/24."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Range(long value, long min, long max, string key)
        {
            if (value < min || value > max)
            {
                faults.Add($"{ApiOptions.Section}:{key} is {value}; it must be between {min} and {max}.");
            }
        }
    }
}
