using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Unit.Aspire;

public sealed class TestingBuilderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppHosts_model_can_be_seen_and_changed_before_it_is_built()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = await CreateAppHostAsync(directory);

        Assert.Equal(["admin", "api-key", "demo-password", "lmtp", "maildb", "mongo", "portal-key", "redis"], builder.Resources.Select(resource => resource.Name).Order(StringComparer.Ordinal));
        builder.Resources.Remove(builder.Resources.Single(resource => resource.Name == "admin"));
        await using var app = await builder.BuildAsync(Cancellation);

        Assert.NotNull(app.ResourceNotifications);
    }

    [Fact]
    public async Task Several_AppHosts_can_be_made_at_once()
    {
        using var directory = new TemporaryDirectory();

        var builders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CreateAppHostAsync(directory)));

        Assert.Equal(builders.Length, builders.Select(builder => builder.Resources).Distinct().Count());
        foreach (var builder in builders)
        {
            await builder.DisposeAsync();
        }
    }

    [Fact]
    public async Task Error_of_the_AppHost_reaches_the_test()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.Lmtp_AppHost>(["--Lmtp:Data=nonsense"], Cancellation));

        Assert.Contains("Lmtp:Data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_is_unknown_before_the_start()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        builder.AddExecutable("mail", "true", ".").WithHttpEndpoint();
        await using var app = await builder.BuildAsync(Cancellation);

        Assert.ThrowsAny<InvalidOperationException>(() => app.GetEndpoint("mail"));
    }

    [Fact]
    public async Task Ports_of_proxied_endpoints_are_drawn_at_random()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        builder.AddScript("mail", "exec sleep 600").WithHttpEndpoint(port: 2080);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        Assert.NotEqual(2080, app.GetEndpoint("mail").Port);
    }

    [Fact]
    public async Task Port_of_an_unproxied_endpoint_stays_as_it_is()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var port = FreePort.Next();
        builder.AddScript("mail", "exec sleep 600").WithEndpoint(port: port, scheme: "tcp", name: "lmtp", isProxied: false);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        Assert.Equal(port, app.GetEndpoint("mail", "lmtp").Port);
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAppHostAsync(TemporaryDirectory directory) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Lmtp_AppHost>(
            ["--Lmtp:Data=embedded", $"--Lmtp:DataDirectory={directory.Path}", "--Parameters:api-key=0123456789abcdef0123456789abcdef", "--Parameters:portal-key=portal-0123456789abcdef0123456789"],
            Cancellation);
}
