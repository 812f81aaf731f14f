using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed.AppHost;

/// <summary>What can be set of the AppHost, seen in the model that it builds.</summary>
public sealed class AppHostSettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Embedded_data_adds_the_embedded_servers()
    {
        using var data = new TemporaryDirectory();
        await using var builder = await CreateAsync(data, "--Lmtp:Data=embedded");

        Assert.IsType<ProjectResource>(Resource(builder, "mongo"));
        Assert.IsAssignableFrom<ExecutableResource>(Resource(builder, "redis"));
    }

    [Fact]
    public async Task Container_data_adds_containers_with_volumes()
    {
        using var data = new TemporaryDirectory();
        await using var builder = await CreateAsync(data, "--Lmtp:Data=container");

        Assert.All(["mongo", "redis"], name => Assert.Single(Resource(builder, name).Annotations.OfType<ContainerMountAnnotation>()));
        Assert.IsType<MongoDBDatabaseResource>(Resource(builder, "maildb"));
    }

    [Fact]
    public async Task Connection_data_adds_no_server()
    {
        using var data = new TemporaryDirectory();
        await using var builder = await CreateAsync(data, "--Lmtp:Data=connection");

        Assert.DoesNotContain(builder.Resources, resource => resource.Name == "mongo");
        Assert.IsType<IResourceWithConnectionString>(Resource(builder, "maildb"), exactMatch: false);
    }

    [Fact]
    public async Task Given_connection_string_is_what_auto_takes()
    {
        using var data = new TemporaryDirectory();
        await using var builder = await CreateAsync(data, "--Lmtp:Data=auto", "--ConnectionStrings:maildb=mongodb://db.example/mail");

        Assert.DoesNotContain(builder.Resources, resource => resource.Name == "mongo");
    }

    [Theory]
    [InlineData("Embedded", typeof(ProjectResource))]
    [InlineData("Container", typeof(MongoDBServerResource))]
    public async Task Auto_keeps_to_the_choice_of_the_first_start(string remembered, Type expected)
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data.File("data-source"), remembered, Cancellation);
        await using var builder = await CreateAsync(data, "--Lmtp:Data=auto");

        Assert.IsType(expected, Resource(builder, "mongo"));
    }

    [Fact]
    public async Task First_choice_of_auto_is_written_down()
    {
        using var data = new TemporaryDirectory();
        await using var builder = await CreateAsync(data, "--Lmtp:Data=auto");

        var remembered = await File.ReadAllTextAsync(data.File("data-source"), Cancellation);

        Assert.Equal(Resource(builder, "mongo") is ProjectResource ? "Embedded" : "Container", remembered);
    }

    [Fact]
    public async Task Lmtp_endpoint_is_not_proxied_and_reaches_the_server_by_its_variable()
    {
        using var data = new TemporaryDirectory();
        await using var builder = await CreateAsync(data, "--Lmtp:Data=embedded");

        var endpoint = Resource(builder, "lmtp").Annotations.OfType<EndpointAnnotation>().Single(candidate => candidate.Name == "lmtp");

        Assert.False(endpoint.IsProxied);
        Assert.Equal("tcp", endpoint.UriScheme);
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    [InlineData("smtp")]
    public async Task Port_that_is_none_is_named_with_its_setting(string port)
    {
        using var data = new TemporaryDirectory();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync(data, $"--Lmtp:Ports:Lmtp={port}"));

        Assert.Contains("Lmtp:Ports:Lmtp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_named_at_once()
    {
        using var data = new TemporaryDirectory();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync(data, "--Lmtp:Data=cloud", "--Lmtp:Ports:Api=x"));

        Assert.Contains("Lmtp:Data", error.Message, StringComparison.Ordinal);
        Assert.Contains("Lmtp:Ports:Api", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_in_use_is_named_with_the_setting_that_changes_it()
    {
        using var data = new TemporaryDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => CreateAsync(
            data,
            "--Lmtp:Data=embedded",
            "--DcpPublisher:RandomizePorts=false",
            $"--Lmtp:Ports:Lmtp={port}",
            "--Lmtp:Ports:Api=0",
            "--Lmtp:Ports:Portal=0",
            "--Lmtp:Ports:Mongo=0",
            "--Lmtp:Ports:Redis=0"));

        Assert.Contains($"Port {port} is in use", error.Message, StringComparison.Ordinal);
        Assert.Contains("--Lmtp:Ports:Lmtp", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("embedded", null, "true")]
    [InlineData("embedded", "false", "false")]
    [InlineData("connection", null, null)]
    public async Task Upkeep_is_on_where_no_task_runner_of_WildDuck_is(string source, string? given, string? expected)
    {
        using var data = new TemporaryDirectory();
        await using var builder = await CreateAsync(
            data, [$"--Lmtp:Data={source}", .. given is null ? Array.Empty<string>() : [$"--Lmtp:Storage:Upkeep={given}"]]);
        var resource = Resource(builder, "lmtp");
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource, cancellationToken: Cancellation);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context);
        }

        Assert.Equal(expected, context.EnvironmentVariables.GetValueOrDefault("Lmtp__Storage__Upkeep"));
    }

    private static IResource Resource(IDistributedApplicationTestingBuilder builder, string name) =>
        builder.Resources.Single(resource => resource.Name == name);

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(TemporaryDirectory data, params string[] arguments) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Lmtp_AppHost>([$"--Lmtp:DataDirectory={data.Path}", .. arguments], Cancellation);
}
