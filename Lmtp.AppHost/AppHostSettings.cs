using Lmtp.AppHost.Data;
using Microsoft.Extensions.Configuration;

namespace Lmtp.AppHost;

/// <summary>What can be set of the AppHost. Section <c>Lmtp</c>.</summary>
/// <param name="Data">Where MongoDB and Redis come from.</param>
/// <param name="DataDirectory">Absolute path of what the embedded servers keep.</param>
/// <param name="Ports">Where the resources listen.</param>
internal sealed record AppHostSettings(DataSource Data, string DataDirectory, PortSettings Ports)
{
    /// <exception cref="DistributedApplicationException">A setting has no valid value; all faults are named.</exception>
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
