using System.Text.Json;
using Lmtp.Server.Api.Audit;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Statistics;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Status;

/// <summary>The settings in force, as the options have them after defaults and validation.</summary>
internal sealed class EffectiveConfiguration(
    IOptionsMonitor<LmtpOptions> lmtp,
    IOptionsMonitor<DeliveryOptions> delivery,
    IOptionsMonitor<StorageOptions> storage,
    IOptionsMonitor<RateLimitOptions> limits,
    RateLimits knownLimits,
    IOptionsMonitor<DeliveryLogOptions> deliveryLog,
    IOptionsMonitor<StatisticsOptions> statistics,
    IOptionsMonitor<ApiOptions> api,
    IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json)
{
    /// <summary>The sections with their settings; secrets are masked.</summary>
    public IReadOnlyDictionary<string, JsonElement> Read()
    {
        var trail = new AuditTrail(json);
        return new Dictionary<string, JsonElement>
        {
            [LmtpOptions.Section] = Show(trail, lmtp.CurrentValue),
            [DeliveryOptions.Section] = Show(trail, delivery.CurrentValue),
            [StorageOptions.Section] = Show(trail, storage.CurrentValue),
            [RateLimitOptions.Section] = Show(trail, RateLimitSettings()),
            [DeliveryLogOptions.Section] = Show(trail, deliveryLog.CurrentValue),
            [StatisticsOptions.Section] = Show(trail, statistics.CurrentValue),
            [ApiOptions.Section] = Show(trail, api.CurrentValue),
        };
    }

    private Dictionary<string, object> RateLimitSettings()
    {
        var current = limits.CurrentValue;
        var settings = new Dictionary<string, object>
        {
            ["failClosed"] = current.FailClosed,
            ["timeout"] = current.Timeout,
            ["overrideCacheTime"] = current.OverrideCacheTime,
        };
        foreach (var limit in knownLimits.All)
        {
            settings[JsonNamingPolicy.CamelCase.ConvertName(limit.Option)] = current.RuleOf(limit);
        }

        return settings;
    }

    private static JsonElement Show(AuditTrail trail, object options) => JsonElement.Parse(trail.ToText(options));
}
