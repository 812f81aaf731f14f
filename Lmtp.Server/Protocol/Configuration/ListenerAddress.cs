using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Lmtp.Server.Protocol.Configuration;

/// <summary>Turns a listener's host into the addresses to bind.</summary>
internal static class ListenerAddress
{
    /// <summary>
    /// Reads an IP address, <c>localhost</c> (both loopback addresses, or one where IPv6 is off) or <c>*</c> (one
    /// dual-stack address, or 0.0.0.0 where IPv6 is off).
    /// </summary>
    public static bool TryParse(string host, [NotNullWhen(true)] out IReadOnlyList<IPAddress>? addresses)
    {
        addresses = host switch
        {
            "*" => [IsThere(IPAddress.IPv6Any) ? IPAddress.IPv6Any : IPAddress.Any],
            _ when host.Equals("localhost", StringComparison.OrdinalIgnoreCase) =>
                IsThere(IPAddress.IPv6Loopback) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback],
            _ => IPAddress.TryParse(host, out var address) ? [address] : null,
        };
        return addresses is not null;
    }

    /// <summary>Tried out: a container often knows IPv6 without having an address of it, not even that of loopback.</summary>
    private static bool IsThere(IPAddress address)
    {
        if (!Socket.OSSupportsIPv6)
        {
            return false;
        }

        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
