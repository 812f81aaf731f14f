using System.Text.Json;
using Lmtp.Contracts;
using Lmtp.Server.Api.Conditions;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Api.Limits;

/// <summary>Turns limits, rules and counters into what is answered.</summary>
internal static class LimitMapping
{
    public static RateLimitResponse ToResponse(this RateLimit limit, RateLimitOptions options, int overrides)
    {
        var rule = options.RuleOf(limit);
        return new RateLimitResponse
        {
            Name = limit.Name,
            Description = limit.Description,
            Party = NameOf(limit.Party),
            Unit = limit.Unit,
            Count = rule.Count,
            PeriodSeconds = rule.Period.TotalSeconds,
            Source = NameOf(options.IsSet(limit) ? RateLimitSource.Configuration : RateLimitSource.Default),
            Setting = $"{RateLimitOptions.Section}:{limit.Option}",
            Overrides = overrides,
        };
    }

    public static RateLimitOverrideResponse ToResponse(this RateLimitOverride rule, RateLimit limit, MailUser? user) => new()
    {
        Limit = limit.Name,
        Party = NameOf(limit.Party),
        Subject = rule.Subject,
        DisplayName = user switch
        {
            null => rule.Subject,
            { Address.Length: > 0 } => user.Address,
            _ => user.Username,
        },
        Unit = limit.Unit,
        Count = rule.Count,
        PeriodSeconds = rule.Period.TotalSeconds,
        EntityTag = TagOf(rule),
    };

    public static EffectiveLimitResponse ToResponse(this RateLimitReading reading)
    {
        var (limit, rule) = (reading.Request.Limit, reading.Request.Rule);
        return new EffectiveLimitResponse
        {
            Name = limit.Name,
            Description = limit.Description,
            Party = NameOf(limit.Party),
            Unit = limit.Unit,
            Count = rule.Count,
            PeriodSeconds = rule.Period.TotalSeconds,
            Source = NameOf(reading.Request.Source),
            Used = reading.Used,
            Remaining = rule.IsLimit ? Math.Max(0, rule.Count - reading.Used) : null,
            RetryAfterSeconds = Math.Ceiling(reading.Wait.TotalSeconds),
            FreeAfterSeconds = rule.IsLimit ? Math.Ceiling(reading.Used * rule.Period.TotalSeconds / rule.Count) : 0,
        };
    }

    public static string TagOf(RateLimitOverride rule) =>
        EntityTag.Of(FormattableString.Invariant($"{rule.Id} {rule.Count} {rule.Period.TotalSeconds}"));

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
