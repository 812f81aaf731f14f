using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Probe;

/// <summary>
/// Decides where the probe tools may connect to. What is checked is the address that is then connected to, never the
/// name: a name can point anywhere, and somewhere else at the next look-up.
/// </summary>
internal sealed class ProbeTargets(IOptions<ApiOptions> options)
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private readonly IPNetwork[] _networks = options.Value.ProbeNetworks is { } configured
        ? [.. configured.Select(IPNetwork.Parse)]
        : Loopback;

    /// <summary>The target, or null when configuration does not allow it.</summary>
    /// <exception cref="SocketException">The name cannot be resolved.</exception>
    public async Task<ProbeTarget?> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        if (host.StartsWith('/'))
        {
            var path = Path.GetFullPath(host);
            return options.Value.ProbeSockets.Contains(path, StringComparer.Ordinal)
                ? new ProbeTarget([new UnixDomainSocketEndPoint(path)], "localhost")
                : null;
        }

        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = addresses
            .Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            .Where(address => Array.Exists(_networks, network => network.Contains(address)))
            .Select(EndPoint (address) => new IPEndPoint(address, port))
            .ToList();
        return allowed.Count == 0 ? null : new ProbeTarget(allowed, host);
    }
}
