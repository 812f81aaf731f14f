using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Accounts;

/// <summary>Bounds the attempts to sign in that one client address has, whichever accounts it tries.</summary>
internal sealed class SignInRateLimit(IOptions<PortalOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    public const string Policy = "sign-in";

    public void Configure(RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.AddPolicy(Policy, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = options.Value.AttemptsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                })
            : RateLimitPartition.GetNoLimiter(string.Empty));
    }
}
