using System.Net;
using System.Net.Sockets;

namespace Lmtp.Tests.Processes;

/// <summary>
/// Ports for servers that a test starts. They lie below those that systems give to outgoing connections, of which the
/// tests make thousands: one of those could take the port before the server does.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 22_000;

    private static int _last = Random.Shared.Next(Count);

    /// <summary>A port that nobody listens on, and that this process does not give out again soon.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
