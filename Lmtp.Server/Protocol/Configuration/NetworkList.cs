using System.Net;

namespace Lmtp.Server.Protocol.Configuration;

/// <summary>A list of networks, as <c>192.0.2.0/24</c>, <c>2001:db8::/32</c> or a single address.</summary>
internal sealed class NetworkList
{
    private readonly IPNetwork[] _networks;

    public NetworkList(IEnumerable<string> networks) => _networks = [.. networks.Select(network =>
        TryParse(network, out var parsed) ? parsed : throw new FormatException($"'{network}' is not a network."))];

    /// <summary>Whether the list names no network.</summary>
    public bool IsEmpty => _networks.Length == 0;

    /// <summary>Reads one network.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    /// <summary>Whether the address is in one of the networks. A client on a Unix socket has none, and is in no network.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
