using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestration;

/// <summary>Healthy while a path of an endpoint answers with the expected status.</summary>
internal sealed class HttpEndpointHealthCheck(IHttpClientFactory clients, EndpointReference endpoint, string path, int expectedStatus) : IHealthCheck
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("The endpoint is not allocated yet.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            using var client = clients.CreateClient(nameof(HttpEndpointHealthCheck));
            using var response = await client.GetAsync(new Uri(new Uri(endpoint.Url), path), deadline.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            return status == expectedStatus
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{path} answered {status}, expected {expectedStatus}.");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{path} did not answer.", error);
        }
    }
}
