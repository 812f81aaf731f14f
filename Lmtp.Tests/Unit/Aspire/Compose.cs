using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Lmtp.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lmtp.Tests.Unit.Aspire;

/// <summary>Small applications of a few processes, composed in a test.</summary>
internal static class Compose
{
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    /// <summary>An application without an AppHost, in whose temporary directory everything happens.</summary>
    public static IDistributedApplicationTestingBuilder Application(TemporaryDirectory directory, params string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create(args, (options, _) => options.ProjectDirectory = directory.Path);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    /// <summary>A shell script as a resource.</summary>
    public static IResourceBuilder<ExecutableResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts of this test are for a POSIX shell.");
        return builder.AddExecutable(name, "/bin/sh", ".", "-c", script);
    }

    /// <summary>A file that some process writes, once it is there and not empty.</summary>
    public static async Task<string> ReadWhenWrittenAsync(string file, CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(() => File.Exists(file) && new FileInfo(file).Length > 0, Deadline, () => file);
        return await File.ReadAllTextAsync(file, cancellationToken);
    }

    /// <summary>The variables that the annotations of a resource ask for, resolved.</summary>
    public static async Task<Dictionary<string, string?>> VariablesAsync(IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(execution, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context);
        }

        var variables = new Dictionary<string, string?>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            variables[name] = value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : value.ToString();
        }

        return variables;
    }
}
