using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

/// <summary>What a request leaves out has the default of the contract, or is asked for by its name.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class OmittedFieldTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_field_in_turn_may_be_left_out_or_is_asked_for_by_its_name()
    {
        var api = await ApiDocument.ReadAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Body is not null))
        {
            using var scene = await ContractScene.CreateAsync(system);
            var request = await ContractCases.All[operation.Id](scene);
            var granted = JsonSerializer.SerializeToNode(request.Body, ContractTests.Web)!.AsObject();
            foreach (var field in api.Schema.Fields(operation.Body!.Value).Where(field => Contains(granted, field)))
            {
                var body = granted.DeepClone().AsObject();
                Parent(body, field).Remove(field[^1]);
                faults.AddRange(await CheckAsync(operation, request, body, field, api.Schema.IsRequired(operation.Body.Value, field)));
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Request_of_required_fields_alone_is_understood_by_every_operation()
    {
        var api = await ApiDocument.ReadAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Body is not null))
        {
            using var scene = await ContractScene.CreateAsync(system);
            var request = await ContractCases.All[operation.Id](scene);
            var body = JsonSerializer.SerializeToNode(request.Body, ContractTests.Web)!.AsObject();
            foreach (var field in api.Schema.Fields(operation.Body!.Value).Where(field => field.Count == 1 && !api.Schema.IsRequired(operation.Body.Value, field)))
            {
                body.Remove(field[0]);
            }

            faults.AddRange(await CheckAsync(operation, request, body, [], isRequired: false));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Required_field_that_is_null_is_named()
    {
        var api = await ApiDocument.ReadAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Body is not null))
        {
            using var scene = await ContractScene.CreateAsync(system);
            var request = await ContractCases.All[operation.Id](scene);
            var granted = JsonSerializer.SerializeToNode(request.Body, ContractTests.Web)!.AsObject();
            foreach (var field in api.Schema.Fields(operation.Body!.Value)
                .Where(field => Contains(granted, field) && api.Schema.IsRequired(operation.Body.Value, field)))
            {
                var body = granted.DeepClone().AsObject();
                Parent(body, field)[field[^1]] = null;
                faults.AddRange(await CheckAsync(operation, request, body, field, isRequired: true));
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task User_of_nothing_but_a_name_has_the_defaults_of_the_contract()
    {
        var made = await system.Api.CreateUserAsync(new CreateUserRequest { Username = ApiSystem.NewName("bare") }, Token);

        Assert.Equal((50, 0L, 0L, 0L, 0L), (made.SpamLevel, made.Quota, made.Retention, made.ReceivedMax, made.Forwards));
        Assert.Equal((string.Empty, false, false), (made.Address, made.Disabled, made.HasAutoreply));
        Assert.Empty(made.Tags);
        Assert.Empty(made.Targets);
    }

    [Theory]
    [InlineData("connect", """{"host":"127.0.0.1"}""")]
    [InlineData("send", """{"host":"127.0.0.1","from":"a@example.org","to":["b@example.org"]}""")]
    public async Task Probe_without_port_asks_port_24(string tool, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await system.Http.PostAsync($"/api/lmtp/{tool}", content, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(24, JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("port").GetInt32());
    }

    private static bool Contains(JsonObject body, IReadOnlyList<string> field)
    {
        JsonNode? node = body;
        foreach (var name in field)
        {
            if (node is not JsonObject inner || !inner.TryGetPropertyValue(name, out node))
            {
                return false;
            }
        }

        return true;
    }

    private static JsonObject Parent(JsonObject body, IReadOnlyList<string> field) =>
        field.SkipLast(1).Aggregate(body, (parent, name) => parent[name]!.AsObject());

    private async Task<IReadOnlyList<string>> CheckAsync(
        ApiOperation operation, ContractRequest request, JsonObject body, IReadOnlyList<string> field, bool isRequired)
    {
        using var message = operation.ToMessage(request, request.Query);
        message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await ContractTests.ClientFor(operation, system).SendAsync(message, Token);
        var answer = await response.Content.ReadAsStringAsync(Token);
        var name = string.Join('.', field);
        if (!isRequired)
        {
            return response.StatusCode < HttpStatusCode.InternalServerError ? [] : [$"{operation.Id} without {name}: {(int)response.StatusCode} {answer}"];
        }

        return response.StatusCode == HttpStatusCode.BadRequest
            && JsonElement.Parse(answer).TryGetProperty("errors", out var errors)
            && errors.TryGetProperty(name, out _)
                ? []
                : [$"{operation.Id} without {name}: {(int)response.StatusCode} {answer}"];
    }
}
