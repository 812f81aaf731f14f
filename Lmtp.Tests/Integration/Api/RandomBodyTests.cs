using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Whatever a request holds, the server does not fail at it.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class RandomBodyTests(ApiSystem system, ITestOutputHelper output)
{
    private const int RoundsForEachOperation = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Odd_value_in_each_field_of_each_operation_never_makes_the_server_fail()
    {
        var api = await ApiDocument.ReadAsync(system);
        var values = new RandomValues(NewRandom());
        List<string> failures = [];
        foreach (var operation in api.Operations.Where(operation => operation.Body is not null))
        {
            // What one operation made of its user is not to stop the next.
            using var scene = await ContractScene.CreateAsync(system);
            var request = await ContractCases.All[operation.Id](scene);
            var granted = JsonSerializer.SerializeToNode(request.Body, ContractTests.Web)!.AsObject();
            foreach (var field in api.Schema.Fields(operation.Body!.Value))
            {
                foreach (var value in values.Odd())
                {
                    var body = granted.DeepClone().AsObject();
                    Put(body, field, value);
                    await CheckAsync(operation, request, body.ToJsonString(), request.Query, failures);
                }
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task Odd_value_in_each_parameter_of_each_operation_never_makes_the_server_fail()
    {
        var api = await ApiDocument.ReadAsync(system);
        var values = new RandomValues(NewRandom());
        List<string> failures = [];
        foreach (var operation in api.Operations.Where(operation => operation.QueryParameters.Any()))
        {
            // What one operation made of its user is not to stop the next.
            using var scene = await ContractScene.CreateAsync(system);
            var request = await ContractCases.All[operation.Id](scene);
            foreach (var name in operation.QueryParameters.Select(parameter => parameter.GetProperty("name").GetString()!))
            {
                foreach (var value in values.Odd())
                {
                    await CheckAsync(operation, request, null, $"?{name}={Escaped(value)}&{request.Query.TrimStart('?')}", failures);
                    await CheckAsync(operation, request, null, $"?{request.Query.TrimStart('?')}&{name}={Escaped(value)}", failures);
                }

                await CheckAsync(operation, request, null, $"?{name}=%00&{name}=%ff%fe&{name}", failures);
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task Odd_value_in_each_part_of_each_path_never_makes_the_server_fail()
    {
        var api = await ApiDocument.ReadAsync(system);
        var values = new RandomValues(NewRandom());
        List<string> failures = [];
        foreach (var operation in api.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal)))
        {
            // What one operation made of its user is not to stop the next.
            using var scene = await ContractScene.CreateAsync(system);
            var request = await ContractCases.All[operation.Id](scene);
            foreach (var name in request.Path.Keys)
            {
                foreach (var value in values.Odd().Append(JsonValue.Create("%00")).Where(value => Escaped(value) is { Length: > 0 and < 4000 } and not "." and not ".."))
                {
                    var path = request.Path.ToDictionary(part => part.Key, part => part.Key == name ? Text(value) : part.Value);
                    await CheckAsync(operation, request with { Path = path }, request.Body is null ? null : JsonSerializer.Serialize(request.Body, ContractTests.Web), request.Query, failures);
                }
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task Random_bodies_and_queries_never_make_the_server_fail()
    {
        var api = await ApiDocument.ReadAsync(system);
        var random = NewRandom();
        var values = new RandomValues(random);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> failures = [];
        foreach (var operation in api.Operations)
        {
            var request = ContractRequest.At(("user", scene.User.Id), ("mailbox", scene.Inbox.Id));
            for (var round = 0; round < RoundsForEachOperation; round++)
            {
                var body = operation.Body is { } schema ? values.Body(api.Schema, schema)?.ToJsonString() ?? "null" : null;
                await CheckAsync(operation, request with { IfMatch = random.Next(2) == 0 ? "*" : $"\"{random.Next()}\"" }, body, values.Query(operation), failures);
            }
        }

        Assert.Empty(failures);
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

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"username\":\"a\",\"username\":\"b\"}")]
    [InlineData("{\"username\":\"\\ud800\"}")]
    [InlineData("{\"username\":\"\\u0000\"}")]
    public async Task Body_that_is_no_request_is_refused_by_every_operation_that_takes_one(string body)
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> failures = [];
        foreach (var operation in api.Operations.Where(operation => operation.Body is not null))
        {
            await CheckAsync(operation, scene.AtUser(), body, string.Empty, failures);
        }

        Assert.Empty(failures);
    }

    private static void Put(JsonObject body, IReadOnlyList<string> field, JsonNode? value)
    {
        foreach (var name in field.SkipLast(1))
        {
            if (body[name] is not JsonObject inner)
            {
                body[name] = inner = [];
            }

            body = inner;
        }

        body[field[^1]] = value?.DeepClone();
    }

    private static string Text(JsonNode? value) => value is JsonValue given && given.TryGetValue<string>(out var text) ? text : value?.ToJsonString() ?? string.Empty;

    private static string Escaped(JsonNode? value) => Uri.EscapeDataString(Text(value));

    private Random NewRandom()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private async Task CheckAsync(ApiOperation operation, ContractRequest request, string? body, string query, List<string> failures)
    {
        using var message = operation.ToMessage(request, query);
        message.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await ContractTests.ClientFor(operation, system).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Token);
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            failures.Add($"{operation.Method} {message.RequestUri} {body} answered {(int)response.StatusCode}");
        }
    }
}
