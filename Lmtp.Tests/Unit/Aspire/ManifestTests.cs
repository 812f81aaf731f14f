using System.Text.Json;
using Aspire.Hosting.Testing;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Unit.Aspire;

public sealed class ManifestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppHost_publishes_its_projects_with_the_connection_strings_as_inputs()
    {
        using var directory = new TemporaryDirectory();
        var resources = await PublishAsync(directory);

        Assert.Equal(["admin", "api-key", "lmtp", "maildb", "portal-key", "redis"], resources.EnumerateObject().Select(resource => resource.Name).Order(StringComparer.Ordinal));
        var lmtp = resources.GetProperty("lmtp");
        Assert.Equal("project.v0", lmtp.GetProperty("type").GetString());
        Assert.EndsWith("Lmtp.Server/Lmtp.Server.csproj", lmtp.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal("{maildb.connectionString}", lmtp.GetProperty("env").GetProperty("ConnectionStrings__maildb").GetString());
        Assert.Equal("{api-key.value}", lmtp.GetProperty("env").GetProperty("Lmtp__Api__Key").GetString());
        Assert.Equal("{lmtp.bindings.lmtp.targetPort}", lmtp.GetProperty("env").GetProperty("LMTP_PORT").GetString());
    }

    [Fact]
    public async Task Lmtp_binding_has_the_same_port_inside_and_outside_and_is_internal()
    {
        using var directory = new TemporaryDirectory();

        var binding = (await PublishAsync(directory)).GetProperty("lmtp").GetProperty("bindings").GetProperty("lmtp");

        Assert.Equal("tcp", binding.GetProperty("scheme").GetString());
        Assert.Equal("tcp", binding.GetProperty("transport").GetString());
        Assert.False(binding.TryGetProperty("port", out _));
        Assert.Equal(2003, binding.GetProperty("targetPort").GetInt32());
        Assert.False(binding.TryGetProperty("external", out _));
    }

    [Fact]
    public async Task Secret_is_published_as_a_generated_input_without_its_value()
    {
        using var directory = new TemporaryDirectory();

        var input = (await PublishAsync(directory)).GetProperty("api-key").GetProperty("inputs").GetProperty("value");

        Assert.True(input.GetProperty("secret").GetBoolean());
        Assert.Equal(32, input.GetProperty("default").GetProperty("generate").GetProperty("minLength").GetInt32());
    }

    private static async Task<JsonElement> PublishAsync(TemporaryDirectory directory)
    {
        var file = directory.File("manifest.json");
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Lmtp_AppHost>(
            ["--publisher", "manifest", "--output-path", file],
            Cancellation);
        await using var app = await builder.BuildAsync(Cancellation);
        await app.StartAsync(Cancellation);
        await using var stream = File.OpenRead(file);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: Cancellation);
        return document.RootElement.GetProperty("resources").Clone();
    }
}
