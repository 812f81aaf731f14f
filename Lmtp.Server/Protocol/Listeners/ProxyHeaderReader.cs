using Microsoft.AspNetCore.Connections;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>Takes the PROXY header off a connection and puts the client's address in the proxy's place.</summary>
internal static class ProxyHeaderReader
{
    /// <summary>
    /// Anything but <see cref="ProxyHeaderStatus.Complete"/> means that the connection is to be closed;
    /// <see cref="ProxyHeaderStatus.Incomplete"/> that the time allowed was over.
    /// </summary>
    public static async ValueTask<ProxyHeaderStatus> ReadAsync(ConnectionContext connection, TimeSpan timeout, TimeProvider time)
    {
        using var cancellation = new CancellationTokenSource(timeout, time);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(cancellation.Token);
                var status = ProxyHeader.Parse(read.Buffer, out var header);
                if (status == ProxyHeaderStatus.Complete)
                {
                    input.AdvanceTo(read.Buffer.GetPosition(header.Length));
                    connection.RemoteEndPoint = header.Source ?? connection.RemoteEndPoint;
                    return status;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (status == ProxyHeaderStatus.Invalid || read.IsCompleted)
                {
                    return ProxyHeaderStatus.Invalid;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return ProxyHeaderStatus.Incomplete;
        }
        catch (IOException)
        {
            return ProxyHeaderStatus.Invalid;
        }
    }
}
