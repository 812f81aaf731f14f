using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lmtp.Tests.Unit.Aspire;

public sealed class RedisClientIntegrationTests
{
    [Fact]
    public void A_server_that_is_away_does_not_keep_the_multiplexer_from_being_made()
    {
        using var host = Build("127.0.0.1:1,connectTimeout=100", builder => builder.AddRedisClient("redis"));

        var multiplexer = host.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.False(multiplexer.IsConnected);
        Assert.Same(multiplexer, host.Services.GetRequiredService<IConnectionMultiplexer>());
    }

    [Theory]
    [InlineData(false, new[] { "StackExchange.Redis" })]
    [InlineData(true, new string[0])]
    public void A_health_check_is_registered_unless_switched_off(bool disabled, string[] expected)
    {
        using var host = Build("127.0.0.1:1", builder => builder.AddRedisClient("redis", settings => settings.DisableHealthChecks = disabled));

        Assert.Equal(
            expected,
            host.Services.GetService<IOptions<HealthCheckServiceOptions>>()?.Value.Registrations.Select(check => check.Name) ?? []);
    }

    private static IHost Build(string connectionString, Action<IHostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", connectionString)]);
        configure(builder);
        return builder.Build();
    }
}
