using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Asks every operation of the API for something and holds request and answer to the OpenAPI document.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class ContractTests(ApiSystem system)
{
    /// <summary>JSON as a caller writes it.</summary>
    internal static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_has_a_case_and_every_case_an_operation()
    {
        var api = await ApiDocument.ReadAsync(system);

        Assert.Equal(
            api.Operations.Select(operation => operation.Id).Order(StringComparer.Ordinal),
            ContractCases.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Granted_requests_and_their_answers_are_what_the_document_says()
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => ContractCases.All.ContainsKey(operation.Id)))
        {
            var request = await ContractCases.All[operation.Id](scene);
            if (request.Body is not null)
            {
                var body = JsonSerializer.SerializeToElement(request.Body, Web);
                faults.AddRange(api.CheckRequest(operation, body).Select(fault => $"request of {operation.Id}: {fault}"));
            }

            using var response = await SendAsync(operation, request);
            if (!response.IsSuccessStatusCode)
            {
                faults.Add($"{operation.Id} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(Token)}");
                continue;
            }

            faults.AddRange((await api.CheckAnswerAsync(operation, response, Token)).Select(fault => $"answer of {operation.Id}: {fault}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task What_is_not_there_is_answered_as_the_document_says()
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Documents(HttpStatusCode.NotFound) && operation.Path.Contains('{', StringComparison.Ordinal)))
        {
            var request = await ContractCases.All[operation.Id](scene) with { Path = new Dictionary<string, string>() };
            using var response = await SendAsync(operation, request);

            // What is asked for may be refused before it is looked for.
            if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest))
            {
                faults.Add($"{operation.Id} answered {(int)response.StatusCode}");
            }

            faults.AddRange((await api.CheckAnswerAsync(operation, response, Token)).Select(fault => $"answer of {operation.Id}: {fault}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Member_that_nobody_knows_is_answered_as_the_document_says()
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Body is not null))
        {
            var request = await ContractCases.All[operation.Id](scene) with { Body = new { memberThatNobodyKnows = 1 } };
            using var response = await SendAsync(operation, request);
            if (response.StatusCode != HttpStatusCode.BadRequest)
            {
                faults.Add($"{operation.Id} answered {(int)response.StatusCode}");
            }

            faults.AddRange((await api.CheckAnswerAsync(operation, response, Token)).Select(fault => $"answer of {operation.Id}: {fault}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Change_of_another_state_than_was_seen_is_refused_by_every_operation_that_knows_conditions()
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Documents(HttpStatusCode.PreconditionFailed)))
        {
            var request = await ContractCases.All[operation.Id](scene);
            using var refused = await SendAsync(operation, request with { IfMatch = "\"other\"" });
            using var granted = await SendAsync(operation, request with { IfMatch = "*" });
            if (refused.StatusCode != HttpStatusCode.PreconditionFailed || !granted.IsSuccessStatusCode)
            {
                faults.Add($"{operation.Id} answered {(int)refused.StatusCode}, then {(int)granted.StatusCode}");
            }

            if (granted.StatusCode == HttpStatusCode.OK && granted.Headers.ETag is null)
            {
                faults.Add($"{operation.Id} answered without entity tag");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_resource_that_is_read_with_an_entity_tag_can_be_changed_on_condition_only()
    {
        var api = await ApiDocument.ReadAsync(system);
        var withTag = api.Operations.Where(operation => operation is { Method: "GET" } && operation.Summary.Contains("entity tag", StringComparison.Ordinal));

        var unconditional =
            from resource in withTag
            from change in api.Operations
            where change.Path == resource.Path && change.Method is "PUT" or "PATCH" or "DELETE"
            where !change.Documents(HttpStatusCode.PreconditionFailed)
            select change.Id;

        Assert.Empty(unconditional);
    }

    /// <summary>The client that may ask for it: the accounts of the portal are for the portal's key alone.</summary>
    [Fact]
    public async Task Every_creation_is_made_once_under_an_idempotency_key()
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Documents(HttpStatusCode.Created) && operation.Method == "POST"))
        {
            var request = await ContractCases.All[operation.Id](scene);
            var key = Guid.NewGuid().ToString();
            using var first = await SendAsync(operation, request, key);
            using var second = await SendAsync(operation, request, key);
            var answers = (await first.Content.ReadAsStringAsync(Token), await second.Content.ReadAsStringAsync(Token));
            if (!operation.HeaderParameters.Contains(LmtpApiHeaders.IdempotencyKey))
            {
                faults.Add($"{operation.Id} does not document the key");
            }

            if (first.StatusCode != HttpStatusCode.Created || second.StatusCode != first.StatusCode || answers.Item1 != answers.Item2
                || first.Headers.Location is null || second.Headers.Location != first.Headers.Location
                || !second.Headers.Contains(LmtpApiHeaders.IdempotencyReplayed))
            {
                faults.Add($"{operation.Id} answered {(int)first.StatusCode} and {(int)second.StatusCode}: {answers}, {first.Headers.Location}, {second.Headers.Location}");
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Operations_that_know_conditions_document_their_header()
    {
        var api = await ApiDocument.ReadAsync(system);

        Assert.All(
            api.Operations.Where(operation => operation.Documents(HttpStatusCode.PreconditionFailed)),
            operation => Assert.Contains("If-Match", operation.HeaderParameters));
    }

    internal static HttpClient ClientFor(ApiOperation operation, ApiSystem system) =>
        operation.Id != "AddPortalLink" && operation.Path.StartsWith("/api/v1/portal/", StringComparison.Ordinal)
            ? system.PortalHttp
            : system.Http;

    private async Task<HttpResponseMessage> SendAsync(ApiOperation operation, ContractRequest request, string? idempotencyKey = null)
    {
        using var message = operation.ToMessage(request, request.Query);
        if (idempotencyKey is not null)
        {
            message.Headers.Add(LmtpApiHeaders.IdempotencyKey, idempotencyKey);
        }

        message.Content = request.Body is null ? null : JsonContent.Create(request.Body, options: Web);
        return await ClientFor(operation, system).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Token);
    }
}
