using System.Text.Json;

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
    public async Task Answers_are_what_the_document_says()
    {
        using var document = await ReadAsync();
        var user = await system.NewUserAsync();
        var inbox = (await system.Api.ListMailboxesAsync(user.Id, Token))[0];
        var answers = new Dictionary<string, string>
        {
            ["/api/v1/users"] = "/api/v1/users?limit=3",
            ["/api/v1/users/{user}"] = $"/api/v1/users/{user.Id}",
            ["/api/v1/users/{user}/addresses"] = $"/api/v1/users/{user.Id}/addresses",
            ["/api/v1/users/{user}/mailboxes"] = $"/api/v1/users/{user.Id}/mailboxes",
            ["/api/v1/users/{user}/mailboxes/{mailbox}/messages"] = $"/api/v1/users/{user.Id}/mailboxes/{inbox.Id}/messages",
            ["/api/v1/server"] = "/api/v1/server",
            ["/api/lmtp/connect"] = $"/api/lmtp/connect?host=127.0.0.1&port={system.System.Lmtp.Port}",
        };
        foreach (var (template, path) in answers)
        {
            await AssertFitsAsync(document.RootElement, template, path, "200");
        }

        await AssertFitsAsync(document.RootElement, "/api/v1/users/{user}", "/api/v1/users/0123456789abcdef01234567", "404");
    }

    private async Task<JsonDocument> ReadAsync() =>
        JsonDocument.Parse(await system.Anonymous.GetStringAsync("/openapi/v1.json", Token));

    private async Task AssertFitsAsync(JsonElement document, string template, string path, string status)
    {
        using var response = await system.Http.GetAsync(path, Token);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        var described = document.GetProperty("paths").GetProperty(template).GetProperty("get").GetProperty("responses").GetProperty(status)
            .GetProperty("content").EnumerateObject().Single();
        Assert.Equal(described.Name, response.Content.Headers.ContentType?.MediaType);

        var faults = new OpenApiSchema(document).Check(described.Value.GetProperty("schema"), answer.RootElement);

        // Problem details may carry more members than their schema names (RFC 9457 section 3.2).
        Assert.DoesNotContain(faults, fault => status == "200" || !fault.StartsWith("$.traceId", StringComparison.Ordinal));
    }

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
