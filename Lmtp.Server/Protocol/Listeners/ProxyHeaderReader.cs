using Microsoft.AspNetCore.Connections;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>Takes the PROXY header off a connection and puts the client's address in the proxy's place.</summary>
internal static class ProxyHeaderReader
{
    /// <summary>False when there is no valid header in the time allowed; the connection is then to be closed.</summary>
    public static async ValueTask<bool> ReadAsync(ConnectionContext connection, TimeSpan timeout, TimeProvider time)
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
                    return true;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (status == ProxyHeaderStatus.Invalid || read.IsCompleted)
                {
                    return false;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
