using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.RateLimiting.Limits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lmtp.Tests.Integration.RateLimiting;

/// <summary>The script and its caller on a real server.</summary>
public abstract class RateLimiterTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly RateLimit Messages = new SenderMessages();
    private static readonly RateLimit Domain = new SenderDomainMessages();

    private readonly string _subject = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Exactly_the_count_is_allowed_at_once(int count)
    {
        var limiter = NewLimiter();
        for (var index = 0; index < count; index++)
        {
            Assert.True((await CheckAsync(limiter, Request(Messages, count))).IsAllowed);
        }

        var result = await CheckAsync(limiter, Request(Messages, count));
        Assert.False(result.IsAllowed);
        Assert.Equal(count, result.Exceeded!.Used);
        Assert.InRange(result.Exceeded.Wait, TimeSpan.FromTicks(1), (Day / count) + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Two_servers_at_once_allow_exactly_the_count_together()
    {
        const int Count = 100;
        using var other = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        RateLimiter[] limiters = [NewLimiter(), NewLimiter(() => other.GetDatabase())];
        var results = await Task.WhenAll(Enumerable.Range(0, 4 * Count)
            .Select(index => Task.Run(() => CheckAsync(limiters[index % 2], Request(Messages, Count)))));
        Assert.Equal(Count, results.Count(result => result.IsAllowed));
    }

    [Fact]
    public async Task Used_up_limit_comes_back_evenly()
    {
        var limiter = NewLimiter();
        var request = Request(Messages, 2, TimeSpan.FromSeconds(1));
        Assert.True((await CheckAsync(limiter, request)).IsAllowed);
        Assert.True((await CheckAsync(limiter, request)).IsAllowed);
        await Eventually.TrueAsync(async () => (await CheckAsync(limiter, request)).IsAllowed);
    }

    [Fact]
    public async Task Limits_of_a_step_are_counted_together_or_not_at_all()
    {
        var limiter = NewLimiter();
        Assert.True((await CheckAsync(limiter, Request(Domain, 1))).IsAllowed);
        var both = await CheckAsync(limiter, Request(Messages, 1), Request(Domain, 1));
        Assert.False(both.IsAllowed);
        Assert.Equal("sender_domain_messages", both.Exceeded!.Request.Limit.Name);
        Assert.True((await CheckAsync(limiter, Request(Messages, 1))).IsAllowed);
    }

    [Fact]
    public async Task Dry_run_looks_and_counts_nothing()
    {
        var limiter = NewLimiter();
        for (var index = 0; index < 3; index++)
        {
            Assert.True((await limiter.CheckAsync([Request(Messages, 1)], isDryRun: true, TestContext.Current.CancellationToken)).IsAllowed);
        }

        Assert.True((await CheckAsync(limiter, Request(Messages, 1))).IsAllowed);
        Assert.False((await limiter.CheckAsync([Request(Messages, 1)], isDryRun: true, TestContext.Current.CancellationToken)).IsAllowed);
    }

    [Fact]
    public async Task Changed_rule_takes_effect_at_once_and_keeps_what_is_used()
    {
        var limiter = NewLimiter();
        for (var index = 0; index < 3; index++)
        {
            Assert.True((await CheckAsync(limiter, Request(Messages, 3))).IsAllowed);
        }

        Assert.False((await CheckAsync(limiter, Request(Messages, 3))).IsAllowed);
        Assert.True((await CheckAsync(limiter, Request(Messages, 5))).IsAllowed);
        Assert.True((await CheckAsync(limiter, Request(Messages, 5))).IsAllowed);
        Assert.False((await CheckAsync(limiter, Request(Messages, 5))).IsAllowed);
        Assert.False((await CheckAsync(limiter, Request(Messages, 1))).IsAllowed);
    }

    [Fact]
    public async Task Reset_forgets_what_one_subject_used_of_one_limit()
    {
        var limiter = NewLimiter();
        Assert.True((await CheckAsync(limiter, Request(Messages, 1), Request(Domain, 1))).IsAllowed);
        Assert.True(await limiter.ResetAsync(Messages, _subject, TestContext.Current.CancellationToken));
        Assert.True((await CheckAsync(limiter, Request(Messages, 1))).IsAllowed);
        Assert.False((await CheckAsync(limiter, Request(Domain, 1))).IsAllowed);
        Assert.True(await limiter.ResetAsync(Messages, "nobody", TestContext.Current.CancellationToken));
        Assert.False(await NewLimiter(() => null).ResetAsync(Messages, _subject, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, true)]
    public async Task What_exceeds_the_whole_limit_passes_alone(long cost, bool expected)
    {
        var limiter = NewLimiter();
        var request = Request(Messages, 10) with { Cost = cost };
        Assert.Equal(expected, (await CheckAsync(limiter, request)).IsAllowed);
        Assert.False((await CheckAsync(limiter, Request(Messages, 10))).IsAllowed);
    }

    [Fact]
    public async Task Limit_of_none_and_cost_of_none_ask_nobody()
    {
        var limiter = NewLimiter(() => throw new InvalidOperationException("Redis was asked."));
        var result = await CheckAsync(limiter, Request(Messages, 0), Request(Messages, 1) with { Cost = 0 });
        Assert.True(result.IsAllowed);
        Assert.Empty(result.Readings);
    }

    [Fact]
    public async Task Keys_are_ours_and_go_when_nothing_is_used_any_more()
    {
        await CheckAsync(NewLimiter(), Request(Messages, 10, TimeSpan.FromSeconds(10_000)));
        var ttl = await Database.KeyTimeToLiveAsync($"lmtp:{{limits}}:sender_messages:{_subject}");
        Assert.InRange(ttl!.Value, TimeSpan.FromSeconds(500), TimeSpan.FromSeconds(1_001));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Without_an_answer_the_option_decides(bool failClosed, bool expected)
    {
        var options = new RateLimitOptions { FailClosed = failClosed };
        var away = await CheckAsync(NewLimiter(() => null, options), Request(Messages, 1));
        Assert.True(away.IsUnavailable);
        Assert.Equal(expected, away.IsAllowed);

        using var dead = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100");
        var broken = await CheckAsync(NewLimiter(() => dead.GetDatabase(), options), Request(Messages, 1));
        Assert.True(broken.IsUnavailable);
        Assert.Equal(expected, broken.IsAllowed);
    }

    [Fact]
    public async Task Checks_are_measured_by_limit_and_result()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var measured = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "lmtp.rate_limit.checks" && instrument.Meter.Scope == factory)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => measured.Enqueue(string.Join(' ', tags.ToArray().Select(tag => tag.Value))));
        listener.Start();

        var metrics = new RateLimitMetrics(factory);
        var limiter = NewLimiter(metrics: metrics);
        await CheckAsync(limiter, Request(Messages, 1));
        await CheckAsync(limiter, Request(Messages, 1));
        await CheckAsync(NewLimiter(() => null, metrics: metrics), Request(Messages, 1));
        Assert.Equal(["sender_messages allowed", "sender_messages limited", "sender_messages unavailable"], measured);
    }

    protected abstract string ConnectionString { get; }

    protected abstract IDatabase Database { get; }

    private static Task<RateLimitResult> CheckAsync(RateLimiter limiter, params RateLimitRequest[] requests) =>
        limiter.CheckAsync(requests, isDryRun: false, TestContext.Current.CancellationToken);

    private RateLimitRequest Request(RateLimit limit, long count, TimeSpan? period = null) =>
        new(limit, _subject, new RateLimitRule { Count = count, Period = period ?? Day }, 1);

    private RateLimiter NewLimiter(Func<IDatabase?>? redis = null, RateLimitOptions? options = null, RateLimitMetrics? metrics = null)
    {
        var database = Database;
        return new RateLimiter(
            new RateLimitServer(redis ?? (() => database), IsConfigured: true),
            new FixedOptions<RateLimitOptions>(options ?? new RateLimitOptions { Timeout = TimeSpan.FromSeconds(30) }),
            metrics ?? new RateLimitMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()),
            TimeProvider.System,
            NullLogger<RateLimiter>.Instance);
    }

    private sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
    {
        public T CurrentValue => value;

        public T Get(string? name) => value;

        public IDisposable? OnChange(Action<T, string?> listener) => null;
    }
}
