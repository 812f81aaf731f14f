using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Lmtp.Tests.Integration.Protocol;

public sealed partial class TelemetryTests
{
    private const string Password = "a secret word";

    [Fact]
    public async Task Every_event_of_a_session_carries_the_id_that_the_client_was_told_and_no_secret()
    {
        var logs = new CollectedLogs();
        await using var host = await LmtpHost.StartAsync(AuthSettings(), logs: logs);
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO x");
        await client.AskAsync("AUTH PLAIN " + Encode("\0mta\0wrong " + Password));
        await client.AskAsync("AUTH PLAIN " + Encode("\0mta\0" + Password));

        var reply = await DeliverAsync(client);
        await client.AskAsync("QUIT");
        await Eventually.TrueAsync(() => logs.Events.Any(item => item.Text.Contains("ended (Quit)", StringComparison.Ordinal)));

        var session = SessionId().Match(reply).Groups[1].Value;
        var events = logs.Events.Where(item => item.Category.EndsWith(".LmtpSession", StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, events.Length);
        Assert.All(events, item => Assert.Contains(session, item.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Events, item => item.Text.Contains("secret", StringComparison.Ordinal) || item.Text.Contains(Encode(Password)[..10], StringComparison.Ordinal));
        Assert.Contains(logs.Events, item => item.Text == $"LMTP on 127.0.0.1:{host.Port} (127.0.0.1:{host.Port})");
    }

    [Fact]
    public async Task Client_that_breaks_off_is_no_error_in_the_log()
    {
        var logs = new CollectedLogs();
        await using var host = await LmtpHost.StartAsync(logs: logs);
        using (var socket = await LmtpHost.ConnectAsync(host.Port))
        {
            await socket.SendAsync("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.test>\r\nDATA\r\nabc"u8.ToArray(), TestContext.Current.CancellationToken);
            socket.LingerState = new(true, 0);
        }

        await Eventually.TrueAsync(() => logs.Events.Any(item => item.Text.Contains(" ended (", StringComparison.Ordinal)));
        Assert.DoesNotContain(logs.Events, item => item.Level >= LogLevel.Warning);
        Assert.Empty(host.Agent.Messages);
        Assert.Equal(0, host.Agent.OpenIntakes);
    }

    [Fact]
    public async Task Message_is_a_span_and_counted_without_naming_a_person()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Lmtp.Server",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await LmtpHost.StartAsync();
        using var measured = new CollectedMeasurements(host);
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO x");

        var session = SessionId().Match(await DeliverAsync(client)).Groups[1].Value;
        await client.AskAsync("QUIT");
        await Eventually.TrueAsync(() => measured.All.Any(item => item.Name == "lmtp.server.session.duration"));

        var span = Assert.Single(spans, span => (string?)span.GetTagItem("lmtp.session.id") == session);
        Assert.Equal(("lmtp.message", ActivityKind.Server, 1), (span.OperationName, span.Kind, span.GetTagItem("lmtp.message.recipients")));
        Assert.Equal(
            [
                "lmtp.server.active_sessions", "lmtp.server.message.duration", "lmtp.server.message.recipients", "lmtp.server.message.size", "lmtp.server.rcpt",
                "lmtp.server.recipients", "lmtp.server.replies", "lmtp.server.session.duration",
            ],
            measured.All.Select(item => item.Name).Distinct().Order());
        Assert.Contains(measured.All, item => item is { Name: "lmtp.server.recipients", Tags: "lmtp.delivery.status=stored" });
        Assert.Contains(measured.All, item => item is { Name: "lmtp.server.replies", Tags: "lmtp.command=rcpt lmtp.reply.code=250" });
        Assert.DoesNotContain(measured.All, item => item.Tags.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limits_and_their_use_can_be_read_and_follow_the_settings()
    {
        await using var host = await LmtpHost.StartAsync(new() { ["Lmtp:Limits:MaxConnections"] = "77", ["Lmtp:Limits:IdleTimeout"] = "00:01:30" });
        var values = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, host.Get<IMeterFactory>()))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.Start();
        await using var client = await LmtpClient.ConnectAsync(host.Port);
        await client.ReadReplyAsync();

        listener.RecordObservableInstruments();

        Assert.Equal((77, 1), (values["lmtp.server.connection.limit"], values["lmtp.server.connection.usage"]));
        Assert.Equal((500, 1), (values["lmtp.server.client.connection.limit"], values["lmtp.server.client.connection.usage"]));
        Assert.Equal((90, 64 * 1024 * 1024), (values["lmtp.server.idle.timeout"], values["lmtp.server.message.size.limit"]));
        Assert.Equal(
            typeof(Lmtp.Server.Protocol.Configuration.LimitOptions).GetProperties().Length,
            values.Keys.Count(name => name.EndsWith(".limit", StringComparison.Ordinal) || name.EndsWith(".timeout", StringComparison.Ordinal) || name.EndsWith(".delay", StringComparison.Ordinal)));
    }

    private static async Task<string> DeliverAsync(LmtpClient client)
    {
        await client.AskAsync("MAIL FROM:<sender@a.test>");
        await client.AskAsync("RCPT TO:<person@b.test>");
        await client.AskAsync("DATA");
        return await client.AskAsync(".");
    }

    private static Dictionary<string, string?> AuthSettings() => new()
    {
        ["Lmtp:Listeners:0:Auth"] = "Required",
        ["Lmtp:ServiceAccounts:0:Name"] = "mta",
        ["Lmtp:ServiceAccounts:0:Password"] = Password,
    };

    private static string Encode(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\(session ([^)]+)\)")]
    private static partial Regex SessionId();
}
