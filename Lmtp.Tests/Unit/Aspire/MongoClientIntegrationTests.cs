using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Lmtp.Tests.Unit.Aspire;

public sealed class MongoClientIntegrationTests
{
    [Fact]
    public void A_connection_string_that_names_a_database_registers_client_and_database()
    {
        using var host = Build("mongodb://127.0.0.1:1/mail", builder => builder.AddMongoDBClient("maildb"));

        Assert.Same(host.Services.GetRequiredService<IMongoClient>(), host.Services.GetRequiredService<IMongoClient>());
        Assert.Equal("mail", host.Services.GetRequiredService<IMongoDatabase>().DatabaseNamespace.DatabaseName);
    }

    [Fact]
    public void A_connection_string_without_a_database_registers_no_database()
    {
        using var host = Build("mongodb://127.0.0.1:1", builder => builder.AddMongoDBClient("maildb"));

        Assert.Null(host.Services.GetService<IMongoDatabase>());
    }

    [Fact]
    public void A_missing_connection_string_is_an_error_only_when_the_client_is_asked_for()
    {
        using var host = Build(null, builder => builder.AddMongoDBClient("maildb"));

        Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IMongoClient>());
    }

    [Fact]
    public void A_keyed_client_is_found_by_its_name_only()
    {
        using var host = Build("mongodb://127.0.0.1:1/mail", builder => builder.AddKeyedMongoDBClient("maildb"));

        Assert.NotNull(host.Services.GetKeyedService<IMongoClient>("maildb"));
        Assert.Null(host.Services.GetService<IMongoClient>());
    }

    [Fact]
    public void The_delegate_has_the_last_word_on_the_client_settings()
    {
        var limit = TimeSpan.FromSeconds(7);
        using var host = Build(
            "mongodb://127.0.0.1:1/mail?serverSelectionTimeoutMS=1000",
            builder => builder.AddMongoDBClient("maildb", configureClientSettings: settings => settings.ServerSelectionTimeout = limit));

        Assert.Equal(limit, host.Services.GetRequiredService<IMongoClient>().Settings.ServerSelectionTimeout);
    }

    [Theory]
    [InlineData(false, new[] { "MongoDB.Driver" })]
    [InlineData(true, new string[0])]
    public void A_health_check_is_registered_unless_switched_off(bool disabled, string[] expected)
    {
        using var host = Build(
            "mongodb://127.0.0.1:1/mail",
            builder => builder.AddMongoDBClient("maildb", settings => settings.DisableHealthChecks = disabled));

        Assert.Equal(expected, HealthChecks(host));
    }

    private static IEnumerable<string> HealthChecks(IHost host) =>
        host.Services.GetService<IOptions<HealthCheckServiceOptions>>()?.Value.Registrations.Select(check => check.Name) ?? [];

    private static IHost Build(string? connectionString, Action<IHostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:maildb", connectionString)]);
        configure(builder);
        return builder.Build();
    }
}
