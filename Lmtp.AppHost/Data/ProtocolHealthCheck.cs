using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lmtp.AppHost.Data;

/// <summary>Healthy while the server behind an endpoint answers a probe.</summary>
internal sealed class ProtocolHealthCheck(EndpointReference endpoint, ProtocolProbe probe) : IHealthCheck
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
            using var client = new TcpClient();
            await client.ConnectAsync(endpoint.Host, endpoint.Port, deadline.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(probe.Request, deadline.Token);
            var answer = new byte[probe.ResponseLength];
            await stream.ReadExactlyAsync(answer, deadline.Token);
            return probe.IsExpected(answer)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{probe.Name} was answered, but not as the protocol has it.");
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{probe.Name} was not answered.", error);
        }
    }
}
