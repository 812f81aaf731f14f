namespace Lmtp.ServiceDefaults;

/// <summary>The names of this system's own activity sources and meters.</summary>
public static class TelemetryNames
{
    /// <summary>The activity source and the meter of the mail server.</summary>
    public const string Server = "Lmtp.Server";

    /// <summary>The activity source and the meter of the portal.</summary>
    public const string Admin = "Lmtp.Admin";

    /// <summary>The activity source and the meter of the embedded database.</summary>
    public const string EmbeddedMongo = "Lmtp.EmbeddedMongo";

    internal static readonly string[] Own = [Server, Admin, EmbeddedMongo];

    /// <summary>Meters that .NET itself has; their names and units follow the semantic conventions.</summary>
    internal static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.MemoryPool",
        "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Authorization",
        "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Components.Lifecycle",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "System.Net.Http",
        "System.Net.NameResolution",
        "System.Runtime",
    ];

    /// <summary>Activity sources that .NET itself has.</summary>
    internal static readonly string[] FrameworkSources = ["Microsoft.AspNetCore", "System.Net.Http"];
}
