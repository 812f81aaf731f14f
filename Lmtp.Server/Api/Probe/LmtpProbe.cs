using System.Net.Sockets;
using System.Security.Authentication;
using Lmtp.Contracts;

namespace Lmtp.Server.Api.Probe;

/// <summary>The two dialogues of the probe tools. What goes wrong on the other side is an answer, not an error.</summary>
internal sealed class LmtpProbe(TimeProvider time)
{
    public static async Task<LmtpConnectResponse> ConnectAsync(
        LmtpConnectRequest request, int port, ProbeTarget target, ProbeTls tls, CancellationToken cancellationToken)
    {
        await using var connection = new ProbeConnection(target);
        var session = new ProbeSession(connection, tls);
        var failure = await TryAsync(
            async () =>
            {
                await session.OpenAsync(cancellationToken);
                await session.CloseAsync(cancellationToken);
            },
            cancellationToken);
        return new LmtpConnectResponse
        {
            Success = failure is null,
            Host = request.Host,
            Port = port,
            Protocol = "LMTP",
            Greeting = session.Greeting,
            Capabilities = session.Capabilities,
            Note = failure ?? $"An LMTP server with {session.Capabilities.Count} extensions answered.",
            Tls = connection.Tls,
            Timings = connection.Timings,
            Transcript = connection.Transcript,
        };
    }

    public async Task<LmtpSendResponse> SendAsync(
        LmtpSendRequest request, int port, ProbeTarget target, ProbeTls tls, CancellationToken cancellationToken)
    {
        await using var connection = new ProbeConnection(target);
        var session = new ProbeSession(connection, tls);
        var transaction = new ProbeTransaction(connection, session, request);
        var failure = await TryAsync(
            async () =>
            {
                await session.OpenAsync(cancellationToken);
                await transaction.RunAsync(time.GetUtcNow(), cancellationToken);
                await session.CloseAsync(cancellationToken);
            },
            cancellationToken);
        var statuses = transaction.Statuses(failure);
        var delivered = statuses.Count(status => status.Delivered);
        return new LmtpSendResponse
        {
            Success = delivered > 0,
            Host = request.Host,
            Port = port,
            From = request.From,
            RecipientCount = statuses.Count,
            AcceptedCount = delivered,
            DeliveryStatus = statuses,
            AllDelivered = delivered == statuses.Count,
            Note = failure ?? $"The server took the message for {delivered} of {statuses.Count} recipients.",
            Transcript = connection.Transcript,
        };
    }

    /// <summary>What failed, in a sentence; null when nothing did.</summary>
    private static async Task<string?> TryAsync(Func<Task> dialogue, CancellationToken cancellationToken)
    {
        try
        {
            await dialogue();
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return "The server did not answer in time.";
        }
        catch (ProbeException exception)
        {
            return exception.Message;
        }
        catch (SocketException exception)
        {
            return $"The connection failed: {exception.SocketErrorCode}.";
        }
        catch (AuthenticationException)
        {
            return "The TLS handshake failed.";
        }
        catch (IOException)
        {
            return "The connection broke.";
        }
    }
}
