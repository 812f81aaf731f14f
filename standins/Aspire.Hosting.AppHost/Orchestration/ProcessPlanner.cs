using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Works out how each kind of resource is started.</summary>
internal sealed class ProcessPlanner(AppHostInfo appHost, DistributedApplicationExecutionContext execution)
{
    public async Task<ProcessPlan> PlanAsync(IResource resource, CancellationToken cancellationToken)
    {
        var environment = await ProcessPlan.ResolveEnvironmentAsync(resource, execution, cancellationToken).ConfigureAwait(false);
        var arguments = await ProcessPlan.ResolveArgumentsAsync(resource, execution, cancellationToken).ConfigureAwait(false);
        return resource switch
        {
            ProjectResource project => Project(project, arguments, environment),
            ExecutableResource executable => new ProcessPlan(executable.Command, arguments, executable.WorkingDirectory, environment),
            ContainerResource container => await ContainerRuntime.PlanAsync(container, arguments, environment, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"'{resource.Name}' is not a process."),
        };
    }

    /// <summary>What was built is started as it is; where it is not in its usual place, <c>dotnet run</c> finds it.</summary>
    private ProcessPlan Project(ProjectResource project, List<string> arguments, Dictionary<string, string> environment)
    {
        var path = project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath;
        var directory = Path.GetDirectoryName(path)!;
        var configuration = appHost.Assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        string[] start = BuiltAssembly(directory, Path.GetFileNameWithoutExtension(path), configuration) is { } assembly
            ? [assembly]
            : ["run", "--project", path, "--no-build", "--configuration", configuration, "--no-launch-profile"];
        return new ProcessPlan(SupervisedProcess.DotnetHost, [.. start, .. arguments], directory, environment);
    }

    private static string? BuiltAssembly(string directory, string name, string configuration)
    {
        var output = Path.Combine(directory, "bin", configuration);
        return Directory.Exists(output)
            ? Directory.EnumerateFiles(output, $"{name}.runtimeconfig.json", SearchOption.AllDirectories)
                .Select(file => Path.Combine(Path.GetDirectoryName(file)!, $"{name}.dll"))
                .Where(File.Exists)
                .MaxBy(File.GetLastWriteTimeUtc)
            : null;
    }
}
