using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Everything needed to start one process.</summary>
internal sealed record ProcessPlan(string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Resolves the variables that a resource's annotations ask for.</summary>
    public static async Task<Dictionary<string, string>> ResolveEnvironmentAsync(IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(execution, resource, cancellationToken: cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var resolved = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            if (await ResolveAsync(value, cancellationToken).ConfigureAwait(false) is { } text)
            {
                resolved[name] = text;
            }
        }

        return resolved;
    }

    /// <summary>Resolves the arguments that a resource's annotations ask for.</summary>
    public static async Task<List<string>> ResolveArgumentsAsync(IResource resource, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var arguments = new List<object>();
        var context = new CommandLineArgsCallbackContext(arguments, resource, cancellationToken) { ExecutionContext = execution };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var resolved = new List<string>(arguments.Count);
        foreach (var argument in arguments)
        {
            resolved.Add(await ResolveAsync(argument, cancellationToken).ConfigureAwait(false) ?? string.Empty);
        }

        return resolved;
    }

    private static async ValueTask<string?> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken).ConfigureAwait(false),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
