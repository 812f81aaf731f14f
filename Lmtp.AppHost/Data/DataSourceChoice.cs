using Microsoft.Extensions.Configuration;

namespace Lmtp.AppHost.Data;

/// <summary>Decides what <see cref="DataSource.Auto"/> means here, once: mail must not seem to vanish when a container runtime appears.</summary>
internal static class DataSourceChoice
{
    private const string FileName = "data-source";

    public static async Task<DataSource> ChooseAsync(IConfiguration configuration, AppHostSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Data != DataSource.Auto)
        {
            return settings.Data;
        }

        if (configuration.GetConnectionString("maildb") is { Length: > 0 })
        {
            return DataSource.Connection;
        }

        var file = Path.Combine(settings.DataDirectory, FileName);
        if (File.Exists(file) && Enum.TryParse<DataSource>((await File.ReadAllTextAsync(file, cancellationToken)).Trim(), ignoreCase: true, out var remembered))
        {
            return remembered;
        }

        var chosen = await ContainerRuntimeProbe.AnswersAsync(cancellationToken) ? DataSource.Container : DataSource.Embedded;
        Directory.CreateDirectory(settings.DataDirectory);
        await File.WriteAllTextAsync(file, chosen.ToString(), cancellationToken);
        return chosen;
    }
}
