using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Lmtp.AppHost;

/// <summary>Port numbers; null lets one be chosen.</summary>
internal sealed record PortSettings(int? Lmtp, int? Api, int? Portal, int? Mongo, int? Redis)
{
    /// <summary>All chosen at the start, as tests want it.</summary>
    public static PortSettings Unset { get; } = new(null, null, null, null, null);

    public static PortSettings Read(IConfigurationSection section, List<string> faults) => new(
        Port(section, nameof(Lmtp), faults),
        Port(section, nameof(Api), faults),
        Port(section, nameof(Portal), faults),
        Port(section, nameof(Mongo), faults),
        Port(section, nameof(Redis), faults));

    /// <summary>Refuses to start what could not listen: a server that fails at its start explains itself less well.</summary>
    /// <param name="embeddedData">Whether the ports of the embedded servers are wanted too.</param>
    /// <exception cref="DistributedApplicationException">Somebody listens on one of the ports; all of them are named.</exception>
    public void RequireFree(bool embeddedData)
    {
        List<(string Key, int? Port)> wanted = [(nameof(Lmtp), Lmtp), (nameof(Api), Api), (nameof(Portal), Portal)];
        if (embeddedData)
        {
            wanted.AddRange([(nameof(Mongo), Mongo), (nameof(Redis), Redis)]);
        }

        var used = wanted
            .Where(entry => entry.Port is { } port && !IsFree(port))
            .Select(entry => $"Port {entry.Port} is in use. Stop what listens there, or choose another with --Lmtp:Ports:{entry.Key}=…")
            .ToArray();
        if (used.Length > 0)
        {
            throw new DistributedApplicationException(string.Join(Environment.NewLine, used));
        }
    }

    private static int? Port(IConfigurationSection section, string key, List<string> faults)
    {
        var text = section[key];
        if (string.IsNullOrEmpty(text) || text == "0")
        {
            return null;
        }

        if (ushort.TryParse(text, out var port))
        {
            return port;
        }

        faults.Add($"Lmtp:Ports:{key} is '{text}', but has to be a number from 0 (any free port) to 65535.");
        return null;
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
