using System.Text.Json;
using Microsoft.OpenApi;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class OpenApiDocumentTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_is_openapi_3_1_with_security_and_license()
    {
        using var document = await ReadAsync();
        var root = document.RootElement;

        Assert.StartsWith("3.1.", root.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal("x-api-key", root.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString());
        Assert.NotEqual(0, root.GetProperty("security").GetArrayLength());
        Assert.Equal("MIT", root.GetProperty("info").GetProperty("license").GetProperty("identifier").GetString());
    }

    [Fact]
    public async Task Every_operation_has_an_own_id_a_summary_and_its_path_parameters()
    {
        using var document = await ReadAsync();
        HashSet<string> ids = [];
        foreach (var (path, _, operation) in Operations(document.RootElement))
        {
            Assert.True(ids.Add(operation.GetProperty("operationId").GetString()!));
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            var expected = path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));
            var described = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()!)
                : [];
            Assert.Equal(expected.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        using var document = await ReadAsync();
        var schema = new OpenApiSchema(document.RootElement);

        foreach (var reference in References(document.RootElement))
        {
            Assert.Equal(JsonValueKind.Object, schema.Resolve(reference).ValueKind);
        }
    }

    [Fact]
    public async Task Document_breaks_no_rule_of_its_format()
    {
        var text = await system.Anonymous.GetStringAsync("/openapi/v1.json", Token);

        var read = OpenApiDocument.Parse(text, OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(error => error.ToString()));
    }

    private async Task<JsonDocument> ReadAsync() =>
        JsonDocument.Parse(await system.Anonymous.GetStringAsync("/openapi/v1.json", Token));

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    private static IEnumerable<JsonElement> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => (element.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String ? [element] : Array.Empty<JsonElement>())
            .Concat(element.EnumerateObject().SelectMany(member => References(member.Value))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
