using System.Net;
using System.Net.Sockets;

namespace Lmtp.Tests.Processes;

internal static class FreePort
{
    /// <summary>A port that nobody listened on a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
