using System.Text.Json.Nodes;
using Lmtp.Tests.Integration.EmbeddedMongo;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>The document against the schema that the OpenAPI Initiative publishes for OpenAPI 3.1.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class OpenApiStandardTests(ApiSystem system)
{
    private const string Validator = "@seriousme/openapi-schema-validator";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_fits_the_schema_of_openapi_3_1()
    {
        var modules = Modules();

        Assert.Empty(await FaultsAsync(modules, await ReadAsync()));
    }

    [Theory]
    [InlineData("info.title")]
    [InlineData("paths./api/v1/users.get.parameters.0.in")]
    [InlineData("paths./api/v1/users.get.responses.200.description")]
    public async Task Document_without_what_the_schema_requires_is_noticed(string place)
    {
        var modules = Modules();
        var document = await ReadAsync();

        // A path of the API has no dots.
        Remove(document, place.Split('.'));

        Assert.NotEmpty(await FaultsAsync(modules, document));
    }

    [Fact]
    public async Task Schema_that_is_none_is_noticed()
    {
        var modules = Modules();
        var document = await ReadAsync();
        document["components"]!["schemas"]!["UserResponse"]!["required"] = "username";

        Assert.Contains(await FaultsAsync(modules, document), fault => fault.StartsWith("/components/schemas/UserResponse", StringComparison.Ordinal));
    }

    /// <summary>The folder of the modules; the test skips where Node or the validator is absent.</summary>
    private static string Modules() => Directory.GetParent(Path.GetDirectoryName(NodeDriver.RequireModule(Validator))!)!.FullName;

    private static async Task<IReadOnlyList<string>> FaultsAsync(string modules, JsonNode document)
    {
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "openapi.json");
        await File.WriteAllTextAsync(file, document.ToJsonString(), Token);
        return (await NodeDriver.RunAsync(NodeDriver.Script("openapi.mjs"), modules, file))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static void Remove(JsonNode node, ReadOnlySpan<string> place)
    {
        foreach (var name in place[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : node[name]!;
        }

        Assert.True(node.AsObject().Remove(place[^1]));
    }

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await system.Anonymous.GetStringAsync("/openapi/v1.json", Token))!;
}
