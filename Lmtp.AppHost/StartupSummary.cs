using System.Text;
using Lmtp.AppHost.SignIn;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Lmtp.AppHost;

/// <summary>Prints one table when every resource is healthy, and again whenever one has failed.</summary>
internal sealed class StartupSummary(ResourceNotificationService notifications, SummaryRows rows, FirstSignIn firstSignIn) : BackgroundService
{
    private const string Healthy = "Healthy";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var states = rows.Resources.ToDictionary(resource => resource.Name, _ => string.Empty);
        var printed = string.Empty;
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            if (!states.ContainsKey(change.Resource.Name))
            {
                continue;
            }

            states[change.Resource.Name] = State(change.Snapshot);
            var table = IsSettled(states.Values) ? Table(states) : printed;
            if (table != printed)
            {
                printed = table;
                await Console.Out.WriteAsync(table.AsMemory(), stoppingToken);
                if (states.Values.All(state => state == Healthy))
                {
                    await firstSignIn.ShowAsync(stoppingToken);
                }
            }
        }
    }

    private static bool IsSettled(IEnumerable<string> states) =>
        states.All(state => state == Healthy) || states.Any(state => state == KnownResourceStates.FailedToStart);

    private static string State(CustomResourceSnapshot snapshot) =>
        snapshot is { HealthStatus: HealthStatus.Healthy, State.Text: "Running" } ? Healthy : snapshot.State?.Text ?? "Unknown";

    private string Table(Dictionary<string, string> states)
    {
        var nameWidth = Math.Max("resource".Length, states.Keys.Max(name => name.Length));
        var stateWidth = Math.Max("state".Length, states.Values.Max(state => state.Length));
        var table = new StringBuilder().AppendLine();
        Row("resource", "state", "address");
        foreach (var resource in rows.Resources)
        {
            Row(resource.Name, states[resource.Name], rows.Address(resource));
        }

        return table.AppendLine().Append("  ").AppendLine(rows.DataLocation).AppendLine().ToString();

        void Row(string name, string state, string address) =>
            table.Append("  ").Append(name.PadRight(nameWidth)).Append("  ").Append(state.PadRight(stateWidth)).Append("  ").AppendLine(address);
    }
}
