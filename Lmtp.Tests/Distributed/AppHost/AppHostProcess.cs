using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed.AppHost;

/// <summary>Starts the AppHost with embedded data on free ports, and reads what it prints.</summary>
internal static class AppHostProcess
{
    public const string ApiKey = "0123456789abcdef0123456789abcdef";

    public static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    public static ChildProcess Start(TemporaryDirectory data, params string[] arguments) => ChildProcess.Start(
        "dotnet",
        [
            Repository.Assembly("Lmtp.AppHost"), "--Lmtp:Data=embedded", $"--Lmtp:DataDirectory={data.Path}", $"--Parameters:api-key={ApiKey}", $"--Parameters:portal-key=portal-{ApiKey}",
            "--Lmtp:Ports:Lmtp=0", "--Lmtp:Ports:Api=0", "--Lmtp:Ports:Portal=0", "--Lmtp:Ports:Mongo=0", "--Lmtp:Ports:Redis=0", .. arguments,
        ],
        new Dictionary<string, string?> { ["DOTNET_ENVIRONMENT"] = "Development" });

    /// <summary>The table of where everything is, once all of it is well.</summary>
    public static async Task<string> WaitForTableAsync(ChildProcess appHost)
    {
        await appHost.WaitForLineAsync(
            line => line.TrimStart().StartsWith("data directory", StringComparison.Ordinal), StartDeadline, TestContext.Current.CancellationToken);
        var output = appHost.Output;
        return output[output.LastIndexOf("resource  ", StringComparison.Ordinal)..];
    }
}
