using System.Net.Http.Json;
using System.Text.Json;
using Lmtp.Contracts;

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
        var known = await PopulateAsync();
        var checkedPaths = 0;
        foreach (var (template, method, operation) in Operations(document.RootElement))
        {
            if (method != "get" || !AnswersJson(operation) || template.StartsWith("/api/v1/portal/", StringComparison.Ordinal))
            {
                continue;
            }

            var query = template == "/api/lmtp/connect" ? $"?host=127.0.0.1&port={system.System.Lmtp.Port}" : string.Empty;
            await AssertFitsAsync(document.RootElement, template, Fill(template, known) + query, "200");
            checkedPaths++;
        }

        Assert.InRange(checkedPaths, 20, int.MaxValue);
    }

    [Fact]
    public async Task Refusals_are_what_the_document_says()
    {
        using var document = await ReadAsync();
        var nobody = new Dictionary<string, string>();
        foreach (var (template, method, operation) in Operations(document.RootElement))
        {
            if (method == "get" && operation.GetProperty("responses").TryGetProperty("404", out _) && !template.StartsWith("/api/v1/portal/", StringComparison.Ordinal))
            {
                await AssertFitsAsync(document.RootElement, template, Fill(template, nobody), "404");
            }
        }
    }

    /// <summary>Something of everything that can be read, by the names of the path parameters.</summary>
    private async Task<Dictionary<string, string>> PopulateAsync()
    {
        var user = await system.NewUserAsync();
        var inbox = (await system.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "INBOX");
        await system.Api.SendAsync(
            new LmtpSendRequest { Host = "127.0.0.1", Port = system.System.Lmtp.Port, From = "a@example.org", To = [user.Address], Subject = "x", Body = "y" }, Token);
        var message = Assert.Single((await system.Api.ListMessagesAsync(user.Id, inbox.Id, cancellationToken: Token)).Items);
        var filter = await system.Api.CreateFilterAsync(
            user.Id, new FilterRequest { Query = new FilterQuery { From = "a" }, Action = new FilterAction { Seen = true } }, Token);
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "document", Scope = "read" }, Token);
        using var reply = await system.Http.PutAsJsonAsync($"/api/v1/users/{user.Id}/autoreply", new { enabled = false, text = "away" }, Token);
        await system.Api.SetRateLimitOverrideAsync(
            "sender_domain_messages", "document.test", new SetRateLimitOverrideRequest { Count = 5, PeriodSeconds = 60 }, null, Token);
        var known = new Dictionary<string, string>
        {
            ["user"] = user.Id,
            ["mailbox"] = inbox.Id,
            ["message"] = message.Id,
            ["filter"] = filter.Id,
            ["key"] = key.Id,
            ["name"] = "sender_domain_messages",
            ["subject"] = "document.test",
            ["domain"] = "document.test",
            ["sender"] = "a@document.test",
            ["client"] = "192.0.2.1",
            ["alias"] = await CreateAsync("domain-aliases", new { alias = $"{ApiSystem.NewName("document")}.test", domain = "api.test" }),
            ["address"] = await CreateAsync("forwarded-addresses", new { address = $"{ApiSystem.NewName("document")}@api.test", targets = new[] { "a@example.org" } }),
        };
        PageResponse<DeliverySummaryResponse> deliveries;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            await timer.WaitForNextTickAsync(Token);
            deliveries = (await system.Http.GetFromJsonAsync($"/api/v1/deliveries?user={user.Id}", LmtpJsonContext.Default.PageResponseDeliverySummaryResponse, Token))!;
        }
        while (deliveries.Items.Count == 0);

        known["delivery"] = deliveries.Items[0].Id;
        return known;
    }

    private async Task<string> CreateAsync(string collection, object request)
    {
        using var response = await system.Http.PostAsJsonAsync($"/api/v1/{collection}", request, Token);
        response.EnsureSuccessStatusCode();
        using var made = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        return made.RootElement.GetProperty("id").GetString()!;
    }

    private static bool AnswersJson(JsonElement operation) =>
        operation.GetProperty("responses").GetProperty("200").TryGetProperty("content", out var content)
        && content.TryGetProperty("application/json", out _);

    private static string Fill(string template, Dictionary<string, string> known) =>
        string.Join('/', template.Split('/').Select(part =>
            part.StartsWith('{') ? known.GetValueOrDefault(part.Trim('{', '}'), "0123456789abcdef01234567") : part));

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
