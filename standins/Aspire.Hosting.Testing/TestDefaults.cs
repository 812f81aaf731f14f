using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What is different when an application runs under test.</summary>
internal static class TestDefaults
{
    private static readonly Dictionary<string, string?> Configuration = new()
    {
        ["DcpPublisher:RandomizePorts"] = "true",
        ["DcpPublisher:WaitForResourceCleanup"] = "true",
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
    };

    public static void Apply(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        options.Args = settings.Args = args;
        settings.EnvironmentName ??= Environments.Development;
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(Configuration);
        configure(options, settings);
    }
}
