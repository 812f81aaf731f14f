using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ExecuteCommandContext
{
    public required IServiceProvider Services { get; init; }

    public required string ResourceName { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public required ILogger Logger { get; init; }
}

public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    public string? Message { get; init; }
}

public static class CommandResults
{
    public static ExecuteCommandResult Success() => new() { Success = true };

    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };
}

public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}

/// <summary>Runs commands on resources: start, stop and restart.</summary>
public class ResourceCommandService
{
    private readonly IServiceProvider _services;

    internal ResourceCommandService(IServiceProvider services) => _services = services;

    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var model = _services.GetRequiredService<DistributedApplicationModel>();
        return model.Resources.TryGetByName(resourceId, out var resource)
            ? ExecuteCommandAsync(resource, commandName, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."));
    }

    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var orchestrator = _services.GetRequiredService<ApplicationOrchestrator>();
        switch (commandName)
        {
            case "start":
                orchestrator.StartResource(resource);
                return CommandResults.Success();
            case "stop":
                await orchestrator.StopResourceAsync(resource, cancellationToken).ConfigureAwait(false);
                return CommandResults.Success();
            case "restart":
                await orchestrator.StopResourceAsync(resource, cancellationToken).ConfigureAwait(false);
                orchestrator.StartResource(resource);
                return CommandResults.Success();
            default:
                return CommandResults.Failure($"Command '{commandName}' not available for resource '{resource.Name}'.");
        }
    }
}
