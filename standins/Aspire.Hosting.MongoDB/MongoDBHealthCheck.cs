using System.Buffers.Binary;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.MongoDB;

/// <summary>Healthy while the server answers the command hello, which needs no password.</summary>
internal sealed class MongoDBHealthCheck(MongoDBServerResource server) : IHealthCheck
{
    private const int HeaderLength = 16;
    private const int RequestId = 1;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly byte[] Hello = CreateHello();

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!server.PrimaryEndpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("The endpoint is not allocated yet.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.PrimaryEndpoint.Host, server.PrimaryEndpoint.Port, deadline.Token).ConfigureAwait(false);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Hello, deadline.Token).ConfigureAwait(false);
            var header = new byte[HeaderLength];
            await stream.ReadExactlyAsync(header, deadline.Token).ConfigureAwait(false);
            return BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)) == RequestId ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The server did not answer.", error);
        }
    }

    /// <summary>An OP_MSG with { hello: 1, $db: "admin" }.</summary>
    private static byte[] CreateHello()
    {
        byte[] body = [0x10, .. "hello\0"u8, 1, 0, 0, 0, 0x02, .. "$db\0"u8, 6, 0, 0, 0, .. "admin\0"u8, 0];
        var message = new byte[HeaderLength + 9 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), RequestId);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), 2013);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(21), body.Length + sizeof(int));
        body.CopyTo(message.AsSpan(25));
        return message;
    }
}
