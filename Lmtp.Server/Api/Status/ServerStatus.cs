using System.Reflection;

namespace Lmtp.Server.Api.Status;

/// <summary>What is known about this process from its start on.</summary>
internal sealed class ServerStatus(TimeProvider time)
{
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>The version without the commit that the build adds to it.</summary>
    public string Version { get; } =
        typeof(ServerStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "unknown";
}
