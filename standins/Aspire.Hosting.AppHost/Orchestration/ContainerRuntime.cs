using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs containers in the foreground of the machine's container runtime; they end with their supervisor.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan ProbeDeadline = TimeSpan.FromSeconds(10);

    /// <exception cref="DistributedApplicationException">No container runtime answers.</exception>
    public static async Task<ProcessPlan> PlanAsync(
        ContainerResource container,
        List<string> arguments,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        var runtime = await FindAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new DistributedApplicationException($"The container '{container.Name}' needs a container runtime, and neither docker nor podman answers on this machine.");
        List<string> command = ["run", "--rm", "--init", "--name", $"{container.Name}-{Guid.NewGuid().ToString("N")[..8]}"];
        foreach (var endpoint in container.Annotations.OfType<EndpointAnnotation>())
        {
            var target = endpoint.TargetPort
                ?? throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of the container '{container.Name}' has no target port.");
            command.AddRange(["-p", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{endpoint.AllocatedEndpoint!.Port}:{target}")]);
        }

        foreach (var mount in container.Annotations.OfType<ContainerMountAnnotation>())
        {
            var source = mount.Source is null ? string.Empty : $"{mount.Source}:";
            command.AddRange(["-v", $"{source}{mount.Target}{(mount.IsReadOnly ? ":ro" : string.Empty)}"]);
        }

        // Only names are arguments; the values, secrets among them, are inherited and so not seen in the process list.
        foreach (var name in environment.Keys)
        {
            command.AddRange(["-e", name]);
        }

        if (container.Entrypoint is not null)
        {
            command.AddRange(["--entrypoint", container.Entrypoint]);
        }

        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        var registry = image.Registry is null ? string.Empty : $"{image.Registry}/";
        return new ProcessPlan(runtime, [.. command, $"{registry}{image.Image}:{image.Tag ?? "latest"}", .. arguments], Environment.CurrentDirectory, environment);
    }

    private static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in new[] { "docker", "podman" })
        {
            if (await AnswersAsync(runtime, cancellationToken).ConfigureAwait(false))
            {
                return runtime;
            }
        }

        return null;
    }

    private static async Task<bool> AnswersAsync(string runtime, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ProbeDeadline);
        using var process = new Process { StartInfo = new ProcessStartInfo(runtime, ["ps"]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
            await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(deadline.Token),
                process.StandardError.ReadToEndAsync(deadline.Token),
                process.WaitForExitAsync(deadline.Token)).ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
    }
}
