using System.Net;
using System.Net.Sockets;
using Lmtp.AppHost.Data;
using Microsoft.Extensions.Configuration;

namespace Lmtp.AppHost;

/// <summary>What can be set of the AppHost. Section <c>Lmtp</c>.</summary>
/// <param name="Data">Where MongoDB and Redis come from.</param>
/// <param name="DataDirectory">Absolute path of what the embedded servers keep.</param>
/// <param name="Ports">Where the resources listen.</param>
internal sealed record AppHostSettings(DataSource Data, string DataDirectory, PortSettings Ports)
{
    /// <exception cref="DistributedApplicationException">A setting has no valid value, or a port is in use; all faults are named.</exception>
    public static AppHostSettings Read(IDistributedApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Lmtp");
        var faults = new List<string>();
        var directory = section["DataDirectory"] is { Length: > 0 } configured ? configured : "../.lmtp";
        var dataText = section["Data"] ?? nameof(DataSource.Auto);
        if (!Enum.TryParse<DataSource>(dataText, ignoreCase: true, out var data) || !Enum.IsDefined(data))
        {
            faults.Add($"Lmtp:Data is '{dataText}', but has to be auto, embedded, container or connection.");
        }

        var ports = PortSettings.Read(section.GetSection("Ports"), faults);
        if (builder.ExecutionContext.IsPublishMode || builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts"))
        {
            ports = PortSettings.Unset;
        }

        return faults.Count == 0
            ? new AppHostSettings(data, Path.GetFullPath(Path.Combine(builder.AppHostDirectory, directory)), ports)
            : throw new DistributedApplicationException(string.Join(Environment.NewLine, faults));
    }
}

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

    /// <exception cref="DistributedApplicationException">Somebody listens on one of the ports; all of them are named.</exception>
    public static void RequireFree(IEnumerable<(string Key, int? Port)> ports)
    {
        var used = ports
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
