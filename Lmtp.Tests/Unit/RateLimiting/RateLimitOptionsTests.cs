using System.Globalization;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.RateLimiting.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lmtp.Tests.Unit.RateLimiting;

public sealed class RateLimitOptionsTests
{
    [Fact]
    public void Only_messages_for_a_user_are_limited_by_default()
    {
        var (limits, options) = Read();
        var limited = Assert.Single(limits.All, limit => options.RuleOf(limit).IsLimit);
        Assert.Equal("recipient_user_messages", limited.Name);
        Assert.Equal((3600, TimeSpan.FromHours(1)), (options.RuleOf(limited).Count, options.RuleOf(limited).Period));
    }

    [Fact]
    public void Every_limit_of_the_assembly_is_registered_once()
    {
        var (limits, _) = Read();
        var classes = typeof(RateLimit).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RateLimit)) && !type.IsAbstract)
            .Select(type => type.Name);
        Assert.Equal(classes.Order(StringComparer.Ordinal), limits.All.Select(limit => limit.Option).Order(StringComparer.Ordinal));
        Assert.All(limits.All, limit => Assert.Same(limit, limits.Find(limit.Name)));
    }

    [Fact]
    public void Every_limit_is_set_by_its_name_and_no_other()
    {
        var (limits, _) = Read();
        foreach (var limit in limits.All)
        {
            var (known, options) = Read(($"{limit.Option}:Count", "7"));
            Assert.All(known.All, other => Assert.Equal(other.Name == limit.Name, options.IsSet(other)));
            var rule = options.RuleOf(known.Find(limit.Name)!);
            Assert.Equal((7, limit.Default.Period), (rule.Count, rule.Period));
        }
    }

    [Theory]
    [InlineData("sendermessages:Count", "5", 5)]
    [InlineData("SenderMessages:Period", "01:00:00", 0)]
    public void What_is_left_out_of_a_rule_is_as_in_the_default(string key, string value, long count)
    {
        var (limits, options) = Read((key, value));
        Assert.Equal(count, options.RuleOf(limits.Find("sender_messages")!).Count);
    }

    [Theory]
    [InlineData("SenderMesages:Count", "5", "Lmtp:RateLimits:SenderMesages is no setting")]
    [InlineData("SenderMessages", "5", "Lmtp:RateLimits:SenderMessages is a rule of its own")]
    [InlineData("SenderMessages:Count", "many", "Lmtp:RateLimits:SenderMessages:Count")]
    [InlineData("SenderMessages:Period", "an hour", "Lmtp:RateLimits:SenderMessages:Period")]
    public void Fault_names_its_key(string key, string value, string expected)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read((key, value)));
        Assert.Contains(expected, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "00:01:00", true)]
    [InlineData(-1, "00:01:00", false)]
    [InlineData(1_000_000_000, "00:01:00", true)]
    [InlineData(1_000_000_001, "00:01:00", false)]
    [InlineData(1, "00:00:01", true)]
    [InlineData(1, "00:00:00.9", false)]
    [InlineData(1, "31.00:00:00", true)]
    [InlineData(1, "31.00:00:01", false)]
    public void Rules_are_bounded(long count, string period, bool expected) => AssertValid(
        expected,
        "Lmtp:RateLimits:SenderMessages",
        ("SenderMessages:Count", count.ToString(CultureInfo.InvariantCulture)),
        ("SenderMessages:Period", period));

    [Theory]
    [InlineData("00:00:00.050", true)]
    [InlineData("00:00:00.049", false)]
    [InlineData("00:00:30", true)]
    [InlineData("00:00:30.001", false)]
    public void Time_for_a_check_is_bounded(string timeout, bool expected) =>
        AssertValid(expected, "Lmtp:RateLimits:Timeout", ("Timeout", timeout));

    [Theory]
    [InlineData("00:00:00", true)]
    [InlineData("00:00:05", true)]
    [InlineData("00:00:05.001", false)]
    [InlineData("-00:00:00.001", false)]
    public void Overrides_are_remembered_for_seconds_only(string cacheTime, bool expected) =>
        AssertValid(expected, "Lmtp:RateLimits:OverrideCacheTime", ("OverrideCacheTime", cacheTime));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1024, 1)]
    [InlineData(1025, 2)]
    public void Bytes_cost_the_kilobytes_that_they_begin(long size, long expected) =>
        Assert.Equal(expected, new SenderKilobytes().CostOf(new LimitSubject { Size = size }));

    private static void AssertValid(bool expected, string key, params (string Key, string Value)[] settings)
    {
        var fault = Record.Exception(() => Read(settings));
        if (expected)
        {
            Assert.Null(fault);
        }
        else
        {
            Assert.Contains(key, Assert.Single(Assert.IsType<OptionsValidationException>(fault).Failures), StringComparison.Ordinal);
        }
    }

    private static (RateLimits Limits, RateLimitOptions Options) Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting =>
                KeyValuePair.Create($"{RateLimitOptions.Section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddRateLimits()
            .BuildServiceProvider();
        return (services.GetRequiredService<RateLimits>(), services.GetRequiredService<IOptions<RateLimitOptions>>().Value);
    }
}
