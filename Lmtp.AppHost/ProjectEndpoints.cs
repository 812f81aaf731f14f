using Lmtp.AppHost.Data;

namespace Lmtp.AppHost;

/// <summary>The endpoints and settings that our projects have in common.</summary>
internal static class ProjectEndpoints
{
    private const int DefaultLmtpPort = 2003;

    /// <summary>
    /// LMTP is not proxied: a proxy accepts before the server listens, hides the client's address and swallows
    /// half-closes. The server is told its port by the variable that it honours anyway.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithLmtpEndpoint(this IResourceBuilder<ProjectResource> project, int? port)
    {
        // Azure Container Apps tells others the port but never writes it down, so there both have to be the same.
        var publishPort = project.ApplicationBuilder.ExecutionContext.IsPublishMode ? DefaultLmtpPort : port;
        var endpoint = project.WithEndpoint(port: publishPort, targetPort: publishPort, scheme: "tcp", name: "lmtp", env: "LMTP_PORT", isProxied: false);
        return project.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? endpoint.WithEnvironment("LMTP_HOST", "0.0.0.0")
            : endpoint.WithEndpoint("lmtp", lmtp => lmtp.TargetHost = "127.0.0.1");
    }

    /// <summary>
    /// Keeps what the portal's sessions are encrypted with beside the data, so that they outlive a restart; a deployed portal
    /// has them in Redis, where all replicas find them.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithSessionKeys(
        this IResourceBuilder<ProjectResource> project, AppHostSettings settings, MailData data) =>
        project.ApplicationBuilder.ExecutionContext.IsRunMode
            ? project.WithEnvironment("Lmtp__Portal__KeyDirectory", Path.Combine(settings.DataDirectory, "portal-keys"))
            : project.WithReference(data.Redis);

    /// <summary>Moves the project's HTTP endpoint to the port; null lets one be chosen.</summary>
    public static IResourceBuilder<ProjectResource> WithHttpPort(this IResourceBuilder<ProjectResource> project, int? port) =>
        project.WithEndpoint("http", endpoint =>
        {
            endpoint.UriScheme = "http";
            endpoint.Transport = "http";
            if (project.ApplicationBuilder.ExecutionContext.IsRunMode)
            {
                endpoint.Port = port;
            }
        });

    /// <summary>One line for each event, so that the AppHost's console stays readable.</summary>
    public static IResourceBuilder<ProjectResource> WithSingleLineLogs(this IResourceBuilder<ProjectResource> project) =>
        project.ApplicationBuilder.ExecutionContext.IsRunMode
            ? project
                .WithEnvironment("Logging__Console__FormatterOptions__SingleLine", "true")
                .WithEnvironment("Logging__Console__FormatterOptions__ColorBehavior", Console.IsOutputRedirected ? "Disabled" : "Default")
            : project;
}
