using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class RandomBodyTests(ApiSystem system, ITestOutputHelper output)
{
    private const int Rounds = 600;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_values_in_every_field_of_every_operation_never_make_the_server_fail()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var document = JsonDocument.Parse(await system.Anonymous.GetStringAsync("/openapi/v1.json", Token));
        var schema = new OpenApiSchema(document.RootElement);
        var operations = Operations(document.RootElement).ToList();
        var user = await system.NewUserAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (template, method, operation) = operations[round % operations.Count];
            var path = Fill(template, random.Next(3) == 0 ? "0123456789abcdef01234567" : user.Id) + RandomQuery(operation, random);
            using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), path);
            request.Headers.TryAddWithoutValidation("If-Match", random.Next(2) == 0 ? "*" : $"\"{random.Next()}\"");
            var body = RandomBody(schema, operation, random);
            request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await system.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);

            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{method} {path} {body} answered {response.StatusCode}");
        }
    }

    private static IEnumerable<(string Template, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()

            // The tools wait for whatever host they are given.
        where path.Name != "/api/lmtp/connect" || operation.Name != "get"
        select (path.Name, operation.Name, operation.Value);

    private static string Fill(string template, string id) =>
        string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? id : part));

    private static string RandomQuery(JsonElement operation, Random random)
    {
        if (!operation.TryGetProperty("parameters", out var parameters))
        {
            return string.Empty;
        }

        var pairs = parameters.EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query" && random.Next(2) == 0)
            .Select(parameter => $"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(RandomValue(random, 3)?.ToString() ?? string.Empty)}");
        return "?" + string.Join('&', pairs);
    }

    private static JsonNode? RandomBody(OpenApiSchema schema, JsonElement operation, Random random)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return null;
        }

        var content = body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
        return random.Next(20) == 0 ? RandomValue(random, 0) : RandomObject(schema, schema.Resolve(content), random, 0);
    }

    private static JsonObject RandomObject(OpenApiSchema schema, JsonElement type, Random random, int depth)
    {
        var result = new JsonObject();
        if (type.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(property => property.Name != "host" && random.Next(4) > 0))
            {
                var inner = schema.Resolve(property.Value);
                result[property.Name] = depth < 3 && inner.TryGetProperty("properties", out _) && random.Next(4) > 0
                    ? RandomObject(schema, inner, random, depth + 1)
                    : RandomValue(random, 0);
            }
        }

        return result;
    }

    [Theory]
    [InlineData("cursor=%00")]
    [InlineData("cursor=!!!!")]
    [InlineData("cursor=AAAA&limit=1")]
    [InlineData("search=%ff%fe")]
    [InlineData("search=%2e%2a%28")]
    public async Task Odd_query_never_makes_the_server_fail(string query)
    {
        using var response = await system.Http.GetAsync($"/api/v1/users?{query}", Token);

        Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{query} answered {response.StatusCode}");
    }

    private static JsonNode? RandomValue(Random random, int depth) => random.Next(depth > 2 ? 6 : 8) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => JsonValue.Create(random.Next(-2, 200)),
        4 => JsonValue.Create(RandomText(random)),
        5 => JsonValue.Create($"u{random.Next(1_000_000)}@api.test"),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth + 1))]),
        _ => new JsonObject([KeyValuePair.Create("x", RandomValue(random, depth + 1))]),
    };

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(random.Next(10) == 0 ? 2000 : 12))
        .Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x7f : 0xffff)));
}
