using Lmtp.Server.RateLimiting;

namespace Lmtp.Tests.Unit.RateLimiting;

public sealed class RateLimitOptionsTests
{
    [Fact]
    public void Nothing_is_limited_by_default()
    {
        var options = new RateLimitOptions();
        Assert.True(new RateLimitOptionsValidator().Validate(null, options).Succeeded);
        Assert.DoesNotContain(RateLimits.All, limit => limit.RuleOf(options).IsLimit);
    }

    [Fact]
    public void Every_limit_has_a_rule_of_its_own()
    {
        var options = new RateLimitOptions();
        var rules = RateLimits.All.Select(limit => limit.RuleOf(options)).ToHashSet(ReferenceEqualityComparer.Instance);
        Assert.Equal(RateLimits.All.Count, rules.Count);
        Assert.Equal(RateLimits.All.Count, RateLimits.All.Select(limit => limit.Name).Distinct().Count());
        Assert.All(RateLimits.All, limit => Assert.Same(
            typeof(RateLimitOptions).GetProperty(limit.Option)!.GetValue(options), limit.RuleOf(options)));
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
    public void Rules_are_bounded(long count, string period, bool expected)
    {
        var options = new RateLimitOptions
        {
            SenderMessages = new RateLimitRule { Count = count, Period = TimeSpan.Parse(period, System.Globalization.CultureInfo.InvariantCulture) },
        };
        AssertValid(expected, "Lmtp:RateLimits:SenderMessages", options);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(49, false)]
    [InlineData(30_000, true)]
    [InlineData(30_001, false)]
    public void Time_for_a_check_is_bounded(int milliseconds, bool expected) => AssertValid(
        expected, "Lmtp:RateLimits:Timeout", new RateLimitOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) });

    [Theory]
    [InlineData(0, true)]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    [InlineData(-1, false)]
    public void Overrides_are_remembered_for_seconds_only(int milliseconds, bool expected) => AssertValid(
        expected,
        "Lmtp:RateLimits:OverrideCacheTime",
        new RateLimitOptions { OverrideCacheTime = TimeSpan.FromMilliseconds(milliseconds) });

    private static void AssertValid(bool expected, string key, RateLimitOptions options)
    {
        var result = new RateLimitOptionsValidator().Validate(null, options);
        Assert.Equal(expected, result.Succeeded);
        if (!expected)
        {
            Assert.Contains(result.Failures!, failure => failure.Contains(key, StringComparison.Ordinal));
        }
    }
}
