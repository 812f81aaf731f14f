using System.Diagnostics.Metrics;
using Lmtp.ServiceDefaults;

namespace Lmtp.Server.RateLimiting;

/// <summary>How often limits were checked, and which were reached; nothing that names a person is an attribute.</summary>
public sealed class RateLimitMetrics
{
    private readonly Counter<long> _checks;

    /// <summary>Makes the instruments.</summary>
    public RateLimitMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _checks = factory.Create(TelemetryNames.Server).CreateCounter<long>(
            "lmtp.rate_limit.checks", "{check}", "Checks of rate limits, by limit and result (allowed, limited, unavailable).");
    }

    internal void Checked(RateLimitResult result, IReadOnlyList<RateLimitRequest> limits)
    {
        if (!_checks.Enabled)
        {
            return;
        }

        foreach (var request in limits)
        {
            var outcome = result.IsUnavailable ? "unavailable"
                : result.Readings.Any(reading => reading.Request == request && reading.IsExceeded) ? "limited"
                : "allowed";
            _checks.Add(1, new("lmtp.rate_limit.name", request.Limit.Name), new("lmtp.rate_limit.result", outcome));
        }
    }
}
