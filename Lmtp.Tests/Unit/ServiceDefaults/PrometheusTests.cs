using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using Lmtp.ServiceDefaults.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lmtp.Tests.Unit.ServiceDefaults;

public sealed partial class PrometheusTests : IDisposable
{
    private readonly object _scope = new();
    private readonly Meter _meter;
    private readonly PrometheusExposition _exposition;

    public PrometheusTests()
    {
        _meter = new Meter(new MeterOptions("test.meter") { Scope = _scope });
        _exposition = new PrometheusExposition(["test.meter"], _scope);
    }

    public void Dispose()
    {
        _exposition.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counter_adds_up_and_ends_in_total()
    {
        var counter = _meter.CreateCounter<long>("lmtp.server.replies", "{reply}", "Replies by command.");
        counter.Add(2, new KeyValuePair<string, object?>("lmtp.command", "rcpt"));
        counter.Add(3, new KeyValuePair<string, object?>("lmtp.command", "rcpt"));

        Assert.Equal(
            "# HELP lmtp_server_replies_total Replies by command.\n# TYPE lmtp_server_replies_total counter\n"
            + "lmtp_server_replies_total{otel_scope_name=\"test.meter\",lmtp_command=\"rcpt\"} 5\n",
            _exposition.Write());
    }

    [Fact]
    public void Up_down_counter_is_a_gauge()
    {
        var counter = _meter.CreateUpDownCounter<int>("lmtp.server.active_sessions", "{session}");
        counter.Add(5);
        counter.Add(-2);

        Assert.Equal(
            "# TYPE lmtp_server_active_sessions gauge\nlmtp_server_active_sessions{otel_scope_name=\"test.meter\"} 3\n", _exposition.Write());
    }

    [Fact]
    public void Histogram_counts_into_the_buckets_that_it_advises()
    {
        var histogram = _meter.CreateHistogram<double>("wait", "s", advice: new() { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 7 })
        {
            histogram.Record(value);
        }

        const string scope = "otel_scope_name=\"test.meter\"";
        Assert.Equal(
            "# TYPE wait_seconds histogram\n"
            + $"wait_seconds_bucket{{{scope},le=\"0.5\"}} 2\nwait_seconds_bucket{{{scope},le=\"1\"}} 3\nwait_seconds_bucket{{{scope},le=\"+Inf\"}} 4\n"
            + $"wait_seconds_sum{{{scope}}} 8.5\nwait_seconds_count{{{scope}}} 4\n",
            _exposition.Write());
    }

    [Fact]
    public void Histogram_without_advice_has_the_usual_buckets()
    {
        _meter.CreateHistogram<int>("size").Record(3);

        Assert.Equal(16, _exposition.Write().Split('\n').Count(line => line.StartsWith("size_bucket", StringComparison.Ordinal)));
    }

    [Fact]
    public void Observed_values_are_those_of_the_moment_and_gone_ones_are_not_written()
    {
        var values = new List<Measurement<long>> { new(1, new KeyValuePair<string, object?>("id", "a")), new(2, new KeyValuePair<string, object?>("id", "b")) };
        _meter.CreateObservableUpDownCounter("memory.usage", () => values, "By");
        Assert.Contains("memory_usage_bytes{otel_scope_name=\"test.meter\",id=\"a\"} 1\n", _exposition.Write(), StringComparison.Ordinal);

        values.RemoveAt(0);
        values[0] = new(7, new KeyValuePair<string, object?>("id", "b"));

        Assert.Equal("# TYPE memory_usage_bytes gauge\nmemory_usage_bytes{otel_scope_name=\"test.meter\",id=\"b\"} 7\n", _exposition.Write());
    }

    [Fact]
    public void Instrument_that_throws_hides_no_other()
    {
        _meter.CreateObservableGauge("bad", new Func<int>(() => throw new InvalidOperationException("out of order")));
        _meter.CreateObservableGauge("good", () => 1);

        Assert.Equal("# TYPE good gauge\ngood{otel_scope_name=\"test.meter\"} 1\n", _exposition.Write());
    }

    [Fact]
    public void Tags_in_another_order_are_the_same_series_and_hostile_values_are_escaped()
    {
        var counter = _meter.CreateCounter<int>("c");
        counter.Add(1, new("a.b", "x"), new("z", "\"\n\\"));
        counter.Add(1, new("z", "\"\n\\"), new("a.b", "x"));

        Assert.Equal("# TYPE c_total counter\nc_total{otel_scope_name=\"test.meter\",a_b=\"x\",z=\"\\\"\\n\\\\\"} 2\n", _exposition.Write());
    }

    [Theory]
    [InlineData(Metric.MaxSeries, 0)]
    [InlineData(Metric.MaxSeries + 5, 5)]
    public void Sets_of_tags_beyond_the_limit_are_counted_together(int series, int overflow)
    {
        var counter = _meter.CreateCounter<int>("c");
        for (var i = 0; i < series; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = _exposition.Write().Split('\n');

        Assert.Equal(
            overflow == 0 ? [] : [$"c_total{{otel_scope_name=\"test.meter\",otel_metric_overflow=\"true\"}} {overflow}"],
            lines.Where(line => line.Contains("overflow", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a.b", "s", "a_b_seconds")]
    [InlineData("a.seconds", "s", "a_seconds")]
    [InlineData("a", "By", "a_bytes")]
    [InlineData("a", "By/s", "a_bytes_per_second")]
    [InlineData("a", "{thing}/s", "a_per_second")]
    [InlineData("a", "1", "a_ratio")]
    [InlineData("a", "{thing}", "a")]
    [InlineData("a", "furlong", "a_furlong")]
    [InlineData("a", null, "a")]
    [InlineData("a-b//c", null, "a_b_c")]
    public void Name_says_the_unit(string name, string? unit, string expected) =>
        Assert.Equal(expected, PrometheusName.OfMetric(_meter.CreateObservableGauge(name, () => 1, unit), MetricKind.Gauge));

    [Fact]
    public void Label_never_begins_with_a_digit() => Assert.Equal("_9_a", PrometheusName.OfLabel("9.a"));

    [Fact]
    public void Other_meters_and_other_hosts_are_left_out()
    {
        using var other = new Meter("other.meter");
        using var foreign = new Meter(new MeterOptions("test.meter") { Scope = new object() });
        other.CreateCounter<int>("x").Add(1);
        foreign.CreateCounter<int>("y").Add(1);

        Assert.Equal("", _exposition.Write());
    }

    [Fact]
    public async Task Counting_while_it_is_read_loses_nothing()
    {
        var counter = _meter.CreateCounter<long>("c");
        var counting = Parallel.ForAsync(0, 8, async (i, cancellationToken) =>
        {
            await Task.Yield();
            for (var n = 0; n < 20_000; n++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("id", n % 3));
            }
        });
        while (!counting.IsCompleted)
        {
            _exposition.Write();
        }

        await counting;
        Assert.Equal(160_000, Sample().Matches(_exposition.Write()).Sum(match => long.Parse(match.Groups[1].ValueSpan, null)));
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.OK)]
    [InlineData("192.0.2.7", null, HttpStatusCode.NotFound)]
    [InlineData("192.0.2.7", "true", HttpStatusCode.OK)]
    public async Task Endpoint_answers_to_this_machine_and_to_others_only_when_told_to(string? remote, string? allowRemote, HttpStatusCode expected)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["MetricsEndpoint:AllowRemote"] = allowRemote;
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = remote is null ? context.Connection.RemoteIpAddress : IPAddress.Parse(remote);
            return next(context);
        });
        app.MapMetrics();
        app.Services.GetRequiredService<IMeterFactory>().Create("Lmtp.Server").CreateCounter<int>("lmtp.server.tries").Add(1);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            Assert.Contains("\nlmtp_server_tries_total{otel_scope_name=\"Lmtp.Server\"} 1\n", "\n" + text, StringComparison.Ordinal);
            Assert.Contains("\nkestrel_active_connections{", text, StringComparison.Ordinal);
            Assert.All(text.Split('\n')[..^1], line => Assert.Matches(Line(), line));
        }
    }

    [GeneratedRegex(@"^c_total\{.*\} (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_][a-zA-Z0-9_]* .+|[a-zA-Z_][a-zA-Z0-9_]*\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)+\} (-?[0-9.]+(E[+-]?\d+)?|[+-]Inf|NaN))$""")]
    private static partial Regex Line();
}
