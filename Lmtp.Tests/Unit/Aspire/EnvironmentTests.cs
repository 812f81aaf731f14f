using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Unit.Aspire;

/// <summary>What reaches the processes.</summary>
public sealed class EnvironmentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_gets_variables_arguments_and_its_port()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var file = directory.File("out");
        builder.AddScript("mail", $"echo \"$GREETING $LMTP_PORT $0 $1\" > {file}; exec sleep 600")
            .WithArgs("zero", "one")
            .WithEnvironment("GREETING", "hello")
            .WithEndpoint(scheme: "tcp", name: "lmtp", env: "LMTP_PORT", isProxied: false);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        var written = await Compose.ReadWhenWrittenAsync(file, Cancellation);

        Assert.Equal($"hello {app.GetEndpoint("mail", "lmtp").Port} zero one\n", written);
    }

    [Fact]
    public async Task Reference_to_a_connection_string_becomes_a_variable()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var file = directory.File("out");
        var server = builder.AddScript("mongo", "exec sleep 600").WithEndpoint(scheme: "tcp", name: "tcp");
        var connection = builder.AddConnectionString("maildb", ReferenceExpression.Create($"mongodb://{server.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)}/mail"));
        builder.AddScript("mail", $"echo $ConnectionStrings__maildb > {file}; exec sleep 600").WithReference(connection);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        var written = await Compose.ReadWhenWrittenAsync(file, Cancellation);

        Assert.Equal($"mongodb://localhost:{app.GetEndpoint("mongo", "tcp").Port}/mail\n", written);
        Assert.Equal(written.Trim(), await app.GetConnectionStringAsync("maildb", Cancellation));
    }

    [Fact]
    public async Task Reference_to_a_project_names_each_of_its_endpoints_twice()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var project = builder.AddProject("lmtp", directory.File("Mail.csproj")).WithHttpEndpoint().WithEndpoint(scheme: "tcp", name: "lmtp");
        Allocate(project.Resource);
        var dependant = builder.AddExecutable("admin", "true", ".").WithReference(project);

        var variables = await Compose.VariablesAsync(dependant.Resource, builder.ExecutionContext, Cancellation);

        Assert.Equal("http://localhost:7001", variables["services__lmtp__http__0"]);
        Assert.Equal("http://localhost:7001", variables["LMTP_HTTP"]);
        Assert.Equal("tcp://localhost:7002", variables["services__lmtp__lmtp__0"]);
        Assert.Equal("tcp://localhost:7002", variables["LMTP_LMTP"]);
    }

    [Fact]
    public async Task Project_gets_its_http_endpoints_as_urls_and_never_a_tcp_one()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var project = builder.AddProject("lmtp", directory.File("Mail.csproj")).WithHttpEndpoint().WithEndpoint(scheme: "tcp", name: "lmtp", env: "LMTP_PORT");
        Allocate(project.Resource);

        var variables = await Compose.VariablesAsync(project.Resource, builder.ExecutionContext, Cancellation);

        Assert.Equal("http://localhost:7001", variables["ASPNETCORE_URLS"]);
        Assert.Equal("7002", variables["LMTP_PORT"]);
        Assert.Equal("lmtp", variables["OTEL_SERVICE_NAME"]);
    }

    [Fact]
    public async Task Endpoints_in_the_projects_settings_win_over_its_launch_profile()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("appsettings.json"), """{"Kestrel":{"Endpoints":{"Http":{"Url":"http://127.0.0.1:2080"}}}}""", Cancellation);
        WriteLaunchSettings(directory);
        using var builder = Compose.Application(directory);
        var project = builder.AddProject("lmtp", directory.File("Mail.csproj"));
        var endpoint = Assert.Single(project.Resource.Annotations.OfType<EndpointAnnotation>());
        Allocate(project.Resource);

        var variables = await Compose.VariablesAsync(project.Resource, builder.ExecutionContext, Cancellation);

        Assert.Equal(("http", 2080, "127.0.0.1"), (endpoint.Name, endpoint.Port, endpoint.TargetHost));
        Assert.Equal("http://127.0.0.1:7001", variables["Kestrel__Endpoints__http__Url"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", variables.Keys);
    }

    [Fact]
    public async Task Launch_profile_gives_variables_and_endpoints()
    {
        using var directory = new TemporaryDirectory();
        WriteLaunchSettings(directory);
        using var builder = Compose.Application(directory);
        var project = builder.AddProject("lmtp", directory.File("Mail.csproj")).WithEnvironment("TAKEN", "by the AppHost");
        Allocate(project.Resource);

        var variables = await Compose.VariablesAsync(project.Resource, builder.ExecutionContext, Cancellation);

        Assert.Equal("http", variables["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("from the profile", variables["GIVEN"]);
        Assert.Equal("http://localhost:7001", variables["ASPNETCORE_URLS"]);
    }

    [Fact]
    public void Launch_profile_may_be_left_out()
    {
        using var directory = new TemporaryDirectory();
        WriteLaunchSettings(directory);
        using var builder = Compose.Application(directory);

        var project = builder.AddProject("lmtp", directory.File("Mail.csproj"), launchProfileName: null);

        Assert.Empty(project.Resource.Annotations.OfType<EndpointAnnotation>());
    }

    [Fact]
    public async Task Variables_of_the_AppHost_itself_do_not_reach_a_process()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        var file = directory.File("out");
        builder.AddScript("mail", $"echo \"[$ASPNETCORE_URLS][$DOTNET_LAUNCH_PROFILE]\" > {file}");
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);

        Assert.Equal("[][]\n", await Compose.ReadWhenWrittenAsync(file, Cancellation));
    }

    private static void WriteLaunchSettings(TemporaryDirectory directory)
    {
        Directory.CreateDirectory(directory.File("Properties"));
        File.WriteAllText(
            Path.Combine(directory.Path, "Properties", "launchSettings.json"),
            """{"profiles":{"iis":{"commandName":"IISExpress"},"http":{"commandName":"Project","applicationUrl":"http://localhost:5000","environmentVariables":{"GIVEN":"from the profile","TAKEN":"by the profile"}}}}""");
    }

    private static void Allocate(ProjectResource resource)
    {
        var port = 7001;
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port, $"{port}");
            port++;
        }
    }
}
