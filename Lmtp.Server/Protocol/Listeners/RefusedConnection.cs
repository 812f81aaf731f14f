using System.IO.Pipelines;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>
/// Makes sure that a last reply is read: closing a socket with unread input would reset the connection and could
/// take the reply with it.
/// </summary>
internal static class RefusedConnection
{
    private const long MaxDiscarded = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Sends the reply and waits a little for the client to close.</summary>
    public static async ValueTask AnswerAsync(IDuplexPipe transport, Reply reply, TimeProvider time)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience, time);
            await transport.Output.WriteAsync(reply.Bytes, timeout.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return;
        }

        await LingerAsync(transport.Input, time);
    }

    /// <summary>Reads input away until the client closes, for a short time and up to a limit.</summary>
    public static async ValueTask LingerAsync(PipeReader input, TimeProvider time)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Patience, time);
            var discarded = 0L;
            while (discarded < MaxDiscarded)
            {
                var read = await input.ReadAsync(timeout.Token);
                discarded += read.Buffer.Length;
                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has gone, or has had its time.
        }
    }
}
