using Lmtp.Server.RateLimiting;
using Lmtp.Server.RateLimiting.Limits;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>Registers the rate limits over the Redis connection of the storage.</summary>
internal static class RateLimitRegistration
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        // The limits, in the order in which they are reported. A further one is a class and a line here.
        services.AddSingleton<RateLimit, ClientConnections>();
        services.AddSingleton<RateLimit, ClientTransactions>();
        services.AddSingleton<RateLimit, SenderMessages>();
        services.AddSingleton<RateLimit, SenderDomainMessages>();
        services.AddSingleton<RateLimit, SenderRecipients>();
        services.AddSingleton<RateLimit, SenderDomainRecipients>();
        services.AddSingleton<RateLimit, RecipientUserMessages>();
        services.AddSingleton<RateLimit, RecipientDomainMessages>();
        services.AddSingleton<RateLimit, SenderKilobytes>();
        services.AddSingleton<RateLimit, SenderDomainKilobytes>();
        services.AddSingleton<RateLimit, RecipientUserKilobytes>();
        services.AddSingleton<RateLimit, RecipientDomainKilobytes>();
        services.AddSingleton<RateLimits>();

        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateOnStart();
        services.AddSingleton<IConfigureOptions<RateLimitOptions>, RateLimitSettings>();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.AddSingleton<RateLimitMetrics>();
        services.AddSingleton(provider =>
        {
            var redis = provider.GetRequiredService<RedisConnection>();
            return new RateLimitServer(() => redis.Database, redis.IsConfigured);
        });
        services.AddSingleton<RateLimiter>();
        services.AddHealthChecks().AddCheck<RateLimitHealthCheck>("rate-limits");
        services.AddSingleton<RateLimitOverrides>();
        services.AddSingleton<DeliveryLimits>();
        services.AddSingleton<EffectiveLimits>();
        return services;
    }
}
