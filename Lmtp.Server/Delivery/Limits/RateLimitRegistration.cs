using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>Registers the rate limits over the Redis connection of the storage.</summary>
internal static class RateLimitRegistration
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.AddSingleton<RateLimitMetrics>();
        services.AddSingleton<Func<IDatabase?>>(provider =>
        {
            var redis = provider.GetRequiredService<RedisConnection>();
            return () => redis.Database;
        });
        services.AddSingleton<RateLimiter>();
        services.AddHealthChecks().AddCheck<RateLimitHealthCheck>("rate-limits");
        services.AddSingleton<RateLimitOverrides>();
        services.AddSingleton<DeliveryLimits>();
        return services;
    }
}
