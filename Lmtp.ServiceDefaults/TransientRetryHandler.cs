using System.Net;

namespace Lmtp.ServiceDefaults;

/// <summary>
/// Repeats a request that failed in a way that passes (no connection, 408, 429 and 502 to 504), if it may be made twice: it
/// has no side effects (GET, HEAD, OPTIONS), or has them once under its idempotency key, where 409 with a time to wait says
/// that the first is still under way. Three attempts in all, with pauses that double and vary so that clients do not come
/// back together.
/// </summary>
internal sealed class TransientRetryHandler(TimeProvider? time = null) : DelegatingHandler
{
    private const int MaxAttempts = 3;
    private const string IdempotencyKey = "Idempotency-Key";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isKeyed = request.Headers.Contains(IdempotencyKey);
            var last = attempt == MaxAttempts || !(isKeyed || IsSafe(request.Method));
            TimeSpan? asked = null;
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (last || !(IsTransient(response.StatusCode) || (isKeyed && IsUnderWay(response))))
                {
                    return response;
                }

                asked = response.Headers.RetryAfter?.Delta;
                response.Dispose();
            }
            catch (HttpRequestException) when (!last)
            {
            }

            await Task.Delay(Pause(attempt, asked), _time, cancellationToken);
        }
    }

    private static bool IsSafe(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options;

    private static bool IsTransient(HttpStatusCode status) => status
        is HttpStatusCode.RequestTimeout
        or HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable
        or HttpStatusCode.GatewayTimeout;

    private static bool IsUnderWay(HttpResponseMessage response) =>
        response is { StatusCode: HttpStatusCode.Conflict, Headers.RetryAfter: not null };

    private static TimeSpan Pause(int attempt, TimeSpan? asked)
    {
        var pause = asked ?? FirstPause * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble());
        return pause < LongestPause ? pause : LongestPause;
    }
}
