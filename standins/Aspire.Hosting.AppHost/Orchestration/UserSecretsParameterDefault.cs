using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.Orchestration;

/// <summary>Keeps a generated value in the AppHost's user secrets, so that the next run finds it in its configuration.</summary>
internal sealed class UserSecretsParameterDefault(Assembly assembly, string key, ParameterDefault inner) : ParameterDefault
{
    private static readonly Lock FileLock = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public override string GetDefaultValue()
    {
        if (assembly.GetCustomAttribute<UserSecretsIdAttribute>() is not { } secrets)
        {
            return inner.GetDefaultValue();
        }

        var file = PathHelper.GetSecretsPathFromSecretsId(secrets.UserSecretsId);
        lock (FileLock)
        {
            var content = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? [] : [];
            if (content[key]?.GetValue<string>() is { Length: > 0 } kept)
            {
                return kept;
            }

            var value = inner.GetDefaultValue();
            content[key] = value;
            Write(file, content.ToJsonString(Indented));
            return value;
        }
    }

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);

    /// <summary>Other processes may read at any time, so the file changes in one step; only its owner may read it.</summary>
    private static void Write(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(content);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
