using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>The endpoints and variables that a project gets from its own settings.</summary>
internal static class ProjectDefaults
{
    private static readonly string[] WebSchemes = ["http", "https"];
    private static readonly JsonSerializerOptions Lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static void Apply(IResourceBuilder<ProjectResource> project, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        var application = project.ApplicationBuilder;
        var directory = Path.GetDirectoryName(metadata.ProjectPath)!;
        var profile = options.ExcludeLaunchProfile ? null : Profile(application, metadata, directory, options.LaunchProfileName);
        var hasKestrelEndpoints = !options.ExcludeKestrelEndpoints && AddKestrelEndpoints(project, directory);

        if (application.ExecutionContext.IsPublishMode)
        {
            AddPublishVariables(project, hasKestrelEndpoints);
            if (hasKestrelEndpoints || profile?.Profile.ApplicationUrl is not null)
            {
                AddPublishEndpoints(project);
            }

            return;
        }

        project.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("LOGGING__CONSOLE__FORMATTERNAME", "simple");
            context.EnvironmentVariables.TryAdd("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
            context.EnvironmentVariables.TryAdd("OTEL_SERVICE_NAME", project.Resource.Name);
        });

        if (hasKestrelEndpoints)
        {
            project.WithEnvironment(context => SetKestrelUrls(project.Resource, context));
        }
        else
        {
            AddProfileEndpoints(project, profile?.Profile.ApplicationUrl);
            project.WithEnvironment(context => SetUrls(project.Resource, context));
        }

        if (profile is { } found)
        {
            project.WithEnvironment(context =>
            {
                context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", found.Name);
                foreach (var (name, value) in found.Profile.EnvironmentVariables)
                {
                    context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
                }
            });
        }
    }

    private static (string Name, LaunchProfile Profile)? Profile(IDistributedApplicationBuilder application, IProjectMetadata metadata, string directory, string? wanted)
    {
        var file = Path.Combine(directory, "Properties", "launchSettings.json");
        var settings = metadata.LaunchSettings
            ?? (File.Exists(file) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), Lenient) : null);
        if (settings is null)
        {
            return wanted is null ? null : throw new DistributedApplicationException($"Launch profile '{wanted}' cannot be found: {file} does not exist.");
        }

        if (wanted is not null)
        {
            return settings.Profiles.TryGetValue(wanted, out var named)
                ? (wanted, named)
                : throw new DistributedApplicationException($"Launch settings file does not contain '{wanted}' profile.");
        }

        var preferred = application.Configuration["AppHost:DefaultLaunchProfileName"] ?? application.Configuration["DOTNET_LAUNCH_PROFILE"];
        if (preferred is not null && settings.Profiles.TryGetValue(preferred, out var profile))
        {
            return (preferred, profile);
        }

        var first = settings.Profiles.FirstOrDefault(entry => entry.Value.CommandName == "Project");
        return first.Value is null ? null : (first.Key, first.Value);
    }

    private static bool AddKestrelEndpoints(IResourceBuilder<ProjectResource> project, string directory)
    {
        if (!Directory.Exists(directory))
        {
            return false;
        }

        var application = project.ApplicationBuilder;
        var endpoints = new ConfigurationBuilder()
            .SetBasePath(directory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{application.Environment.EnvironmentName}.json", optional: true)
            .Build()
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Where(endpoint => endpoint["Url"] is { Length: > 0 })
            .Select(endpoint => (Name: endpoint.Key, Address: new Uri(endpoint["Url"]!.Replace("*", "0.0.0.0", StringComparison.Ordinal))))
            .GroupBy(endpoint => endpoint.Address.Scheme)
            .ToArray();
        foreach (var group in endpoints)
        {
            foreach (var (name, address) in group)
            {
                project.WithEndpoint(group.Count() == 1 ? group.Key : name, endpoint => Take(endpoint, address, application.ExecutionContext.IsPublishMode));
            }
        }

        return endpoints.Length > 0;
    }

    private static void Take(EndpointAnnotation endpoint, Uri address, bool publish)
    {
        if (publish)
        {
            endpoint.TargetPort = address.Port;
        }
        else
        {
            endpoint.Port = address.Port;
        }

        endpoint.UriScheme = address.Scheme;
        endpoint.Transport = "http";
        endpoint.TlsEnabled = address.Scheme == "https";
        endpoint.TargetHost = address.Host;
    }

    private static void AddProfileEndpoints(IResourceBuilder<ProjectResource> project, string? urls)
    {
        var counts = new Dictionary<string, int>();
        foreach (var url in urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var address = new Uri(url);
            var count = counts[address.Scheme] = counts.GetValueOrDefault(address.Scheme) + 1;
            project.WithEndpoint(count == 1 ? address.Scheme : $"{address.Scheme}{count}", endpoint => Take(endpoint, address, publish: false));
        }
    }

    private static void SetKestrelUrls(ProjectResource project, EnvironmentCallbackContext context)
    {
        foreach (var endpoint in HttpEndpoints(project))
        {
            var port = new EndpointReference(project, endpoint).Property(EndpointProperty.TargetPort);
            var host = context.ExecutionContext.IsRunMode ? endpoint.TargetHost : "*";
            context.EnvironmentVariables[$"Kestrel__Endpoints__{endpoint.Name}__Url"] = ReferenceExpression.Create($"{endpoint.UriScheme}://{host}:{port}");
        }
    }

    private static void SetUrls(ProjectResource project, EnvironmentCallbackContext context)
    {
        if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in HttpEndpoints(project))
        {
            var port = new EndpointReference(project, endpoint).Property(EndpointProperty.TargetPort);
            urls.AppendLiteral(urls.IsEmpty ? string.Empty : ";");
            urls.Append($"{endpoint.UriScheme}://{endpoint.TargetHost}:{port}");
            if (endpoint.UriScheme == "https")
            {
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", new EndpointReference(project, endpoint).Property(EndpointProperty.Port));
            }
        }

        if (!urls.IsEmpty)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
        }
    }

    /// <summary>A published web project is reached by http and by https, at one port of its container.</summary>
    private static void AddPublishEndpoints(IResourceBuilder<ProjectResource> project)
    {
        int? targetPort = null;
        foreach (var scheme in WebSchemes)
        {
            var exists = project.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.UriScheme == scheme);
            project.WithEndpoint(scheme, endpoint =>
            {
                endpoint.UriScheme = scheme;
                endpoint.Transport = "http";
                endpoint.TlsEnabled = scheme == "https";
                endpoint.IsDefaultHttps = scheme == "https" && !exists;
                endpoint.TargetPort = targetPort ??= endpoint.TargetPort;
            });
        }
    }

    private static void AddPublishVariables(IResourceBuilder<ProjectResource> project, bool hasKestrelEndpoints) => project.WithEnvironment(context =>
    {
        context.EnvironmentVariables.TryAdd("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
        if (hasKestrelEndpoints)
        {
            SetKestrelUrls(project.Resource, context);
            return;
        }

        foreach (var scheme in WebSchemes)
        {
            var ports = new ReferenceExpressionBuilder();
            foreach (var endpoint in HttpEndpoints(project.Resource).Where(endpoint => endpoint.UriScheme == scheme))
            {
                ports.AppendLiteral(ports.IsEmpty ? string.Empty : ";");
                ports.AppendFormatted(new EndpointReference(project.Resource, endpoint).Property(EndpointProperty.TargetPort));
            }

            if (!ports.IsEmpty)
            {
                context.EnvironmentVariables.TryAdd($"{scheme.ToUpperInvariant()}_PORTS", ports.Build());
            }
        }
    });

    /// <summary>An endpoint whose port has a variable of its own is left to the project.</summary>
    private static IEnumerable<EndpointAnnotation> HttpEndpoints(ProjectResource project) => project.Annotations
        .OfType<EndpointAnnotation>()
        .Where(endpoint => endpoint.UriScheme is "http" or "https" && endpoint is { HasPortVariable: false, IsDefaultHttps: false });
}
