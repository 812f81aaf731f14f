using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest that deployment tools read, and ends the application.</summary>
internal sealed partial class ManifestPublisher(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext execution,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    ILogger<ManifestPublisher> logger) : IHostedService
{
    private const string Schema = "https://json.schemastore.org/aspire-8.0.json";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var output = configuration["output-path"] ?? configuration["Publishing:OutputPath"]
            ?? throw new DistributedApplicationException("The '--output-path [path]' option was not specified.");
        var path = Path.GetFullPath(output.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? output : Path.Combine(output, "aspire-manifest.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var stream = File.Create(path))
        {
            await using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            await WriteAsync(new ManifestPublishingContext(execution, path, writer, cancellationToken)).ConfigureAwait(false);
        }

        LogPublished(logger, path);
        lifetime.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WriteAsync(ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject();
        writer.WriteString("$schema", Schema);
        writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            var callback = resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault();
            if (callback is { Callback: null })
            {
                continue;
            }

            writer.WriteStartObject(resource.Name);
            await (callback?.Callback?.Invoke(context) ?? WriteResourceAsync(context, resource)).ConfigureAwait(false);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static async Task WriteResourceAsync(ManifestPublishingContext context, IResource resource)
    {
        var writer = context.Writer;
        switch (resource)
        {
            case ParameterResource parameter:
                WriteParameter(context, parameter);
                break;
            case ProjectResource project:
                writer.WriteString("type", "project.v0");
                writer.WriteString("path", context.GetManifestRelativePath(project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath));
                await WriteProcessAsync(context, project).ConfigureAwait(false);
                break;
            case ExecutableResource executable:
                writer.WriteString("type", "executable.v0");
                writer.WriteString("workingDirectory", context.GetManifestRelativePath(executable.WorkingDirectory));
                writer.WriteString("command", executable.Command);
                await WriteProcessAsync(context, executable).ConfigureAwait(false);
                break;
            case ContainerResource container:
                await WriteContainerAsync(context, container).ConfigureAwait(false);
                break;
            default:
                writer.WriteString("type", "value.v0");
                context.WriteConnectionString(resource);
                break;
        }
    }

    private static async Task WriteProcessAsync(ManifestPublishingContext context, IResource resource)
    {
        await context.WriteCommandLineArgumentsAsync(resource).ConfigureAwait(false);
        await context.WriteEnvironmentVariablesAsync(resource).ConfigureAwait(false);
        context.WriteBindings(resource);
    }

    private static async Task WriteContainerAsync(ManifestPublishingContext context, ContainerResource container)
    {
        var writer = context.Writer;
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        writer.WriteString("type", "container.v0");
        context.WriteConnectionString(container);
        writer.WriteString("image", $"{(image.Registry is null ? string.Empty : $"{image.Registry}/")}{image.Image}:{image.Tag}");
        if (container.Entrypoint is not null)
        {
            writer.WriteString("entrypoint", container.Entrypoint);
        }

        await context.WriteCommandLineArgumentsAsync(container).ConfigureAwait(false);
        WriteMounts(context, container, ContainerMountType.Volume, "volumes");
        WriteMounts(context, container, ContainerMountType.BindMount, "bindMounts");
        await context.WriteEnvironmentVariablesAsync(container).ConfigureAwait(false);
        context.WriteBindings(container);
    }

    private static void WriteMounts(ManifestPublishingContext context, ContainerResource container, ContainerMountType type, string property)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == type).ToArray();
        if (mounts.Length == 0)
        {
            return;
        }

        var writer = context.Writer;
        writer.WriteStartArray(property);
        foreach (var mount in mounts)
        {
            writer.WriteStartObject();
            writer.WriteString(type == ContainerMountType.Volume ? "name" : "source", type == ContainerMountType.Volume ? mount.Source : context.GetManifestRelativePath(mount.Source));
            writer.WriteString("target", mount.Target);
            writer.WriteBoolean("readOnly", mount.IsReadOnly);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteParameter(ManifestPublishingContext context, ParameterResource parameter)
    {
        var writer = context.Writer;
        writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            writer.WriteString("connectionString", parameter.ValueExpression);
        }

        writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        writer.WriteStartObject("inputs");
        writer.WriteStartObject("value");
        writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } fallback)
        {
            writer.WriteStartObject("default");
            fallback.WriteToManifest(context);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    [LoggerMessage(1, LogLevel.Information, "Published manifest to: {Path}")]
    private static partial void LogPublished(ILogger logger, string path);
}
