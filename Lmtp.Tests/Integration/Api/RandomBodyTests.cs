using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class RandomBodyTests(ApiSystem system, ITestOutputHelper output)
{
    private const int Rounds = 150;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_values_in_every_field_never_make_the_server_fail()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var user = await system.NewUserAsync();
        var requests = new (HttpMethod Method, string Path, string[] Fields)[]
        {
            (HttpMethod.Post, "/api/v1/users", ["username", "password", "hashedPassword", "name", "address", "language", "quota", "retention", "spamLevel", "receivedMax", "forwards", "tags"]),
            (HttpMethod.Patch, $"/api/v1/users/{user.Id}", ["name", "password", "disabled", "quota", "retention", "spamLevel", "receivedMax", "forwards", "language", "tags", "targets"]),
            (HttpMethod.Post, "/api/v1/keys", ["name", "scope", "expires"]),
            (HttpMethod.Post, $"/api/v1/users/{user.Id}/addresses", ["address", "name", "main"]),
            (HttpMethod.Post, $"/api/v1/users/{user.Id}/explain", ["message", "raw", "sender", "recipient", "originalRecipient"]),
            (HttpMethod.Post, $"/api/v1/users/{user.Id}/filters/try", ["filter", "count"]),
            (HttpMethod.Post, "/api/lmtp/connect", ["port", "timeout", "tls"]),
            (HttpMethod.Post, "/api/lmtp/send", ["from", "to", "subject", "body", "timeout", "tls"]),
        };
        for (var round = 0; round < Rounds; round++)
        {
            var (method, path, fields) = requests[random.Next(requests.Length)];
            var body = new JsonObject(fields.Where(_ => random.Next(4) > 0).Select(field => KeyValuePair.Create(field, RandomValue(random, 0))));
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await system.Http.SendAsync(request, Token);

            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{method} {path} {body} answered {response.StatusCode}");
        }
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
