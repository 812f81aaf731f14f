using Lmtp.Server.Api;

namespace Lmtp.Tests.Unit.Api;

public sealed class ApiOptionsValidatorTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.True(Validate(new ApiOptions()).Succeeded);

    [Fact]
    public void Every_fault_is_shown_with_its_key()
    {
        var result = Validate(new ApiOptions
        {
            Key = "short",
            DefaultPageSize = 0,
            MaxPageSize = 1001,
            MaxRequestBytes = 1,
            RequestsPerSecond = 0,
            RequestBurst = 0,
            ProbeNetworks = ["127.0.0.0/8", "everywhere"],
        });

        string[] keys = ["Key", "DefaultPageSize", "MaxPageSize", "MaxRequestBytes", "RequestsPerSecond", "RequestBurst", "ProbeNetworks"];
        Assert.All(keys, key => Assert.Contains(result.Failures ?? [], fault => fault.StartsWith($"Lmtp:Api:{key} ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void Key_needs_sixteen_characters(int length, bool valid) =>
        Assert.Equal(valid, Validate(new ApiOptions { Key = new string('k', length) }).Succeeded);

    [Theory]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    [InlineData(64 * 1024 * 1024, true)]
    [InlineData((64 * 1024 * 1024) + 1, false)]
    public void Request_size_has_both_its_limits(long bytes, bool valid) =>
        Assert.Equal(valid, Validate(new ApiOptions { MaxRequestBytes = bytes }).Succeeded);

    [Theory]
    [InlineData(0.9, false)]
    [InlineData(1, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Heartbeat_interval_has_both_its_limits(double seconds, bool valid) =>
        Assert.Equal(valid, Validate(new ApiOptions { HeartbeatInterval = TimeSpan.FromSeconds(seconds) }).Succeeded);

    [Theory]
    [InlineData(0.9, false)]
    [InlineData(1, true)]
    [InlineData(3660, true)]
    [InlineData(3661, false)]
    public void Audit_retention_has_both_its_limits(double days, bool valid) =>
        Assert.Equal(valid, Validate(new ApiOptions { AuditRetention = TimeSpan.FromDays(days) }).Succeeded);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(ApiOptions options) =>
        new ApiOptionsValidator().Validate(null, options);
}
