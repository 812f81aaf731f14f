using System.Net;
using System.Text.Json;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class AuthorizationTests(ApiSystem system)
{
    private readonly Dictionary<string, string> _keys = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_documented_operation_refuses_a_request_without_key()
    {
        var document = await system.Anonymous.GetStringAsync("/openapi/v1.json", Token);
        using var json = JsonDocument.Parse(document);
        foreach (var path in json.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                using var request = new HttpRequestMessage(new HttpMethod(operation.Name.ToUpperInvariant()), Fill(path.Name));
                using var response = await system.Anonymous.SendAsync(request, Token);

                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{operation.Name} {path.Name} answered {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Every_documented_operation_refuses_a_key_with_too_small_a_scope()
    {
        string?[] scopes = [null, "read", "write", "admin"];
        var api = await ApiDocument.ReadAsync(system);
        foreach (var operation in api.Operations.Where(operation => operation.Scope != "read"))
        {
            var smaller = operation.Scope == "portal" ? "admin" : scopes[Array.IndexOf(scopes, operation.Scope) - 1]!;
            using var answer = await AskAsync(operation, smaller);

            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{operation.Id} answered {answer.StatusCode} to the scope {smaller}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Every_documented_operation_lets_a_key_in_that_has_the_documented_scope()
    {
        var api = await ApiDocument.ReadAsync(system);
        foreach (var operation in api.Operations.Where(operation => operation.Scope != "portal"))
        {
            using var answer = await AskAsync(operation, operation.Scope);

            Assert.True(answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{operation.Id} answered {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Changes_and_secrets_need_more_than_the_scope_read()
    {
        string[] read = ["TryFilter", "ExplainMessage"];
        var api = await ApiDocument.ReadAsync(system);

        var changes = api.Operations.Where(operation => operation.Method != "GET" && !read.Contains(operation.Id));

        Assert.DoesNotContain(changes, operation => operation.Scope == "read");
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("0123456789abcdef0123456789abcdeF")]
    public async Task Unknown_key_is_refused_with_problem_details(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/users");
        request.Headers.Add(LmtpApiHeaders.ApiKey, key);
        using var response = await system.Anonymous.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("x-api-key", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_in_the_query_is_not_looked_at()
    {
        var key = system.Http.DefaultRequestHeaders.GetValues(LmtpApiHeaders.ApiKey).Single();
        using var response = await system.Anonymous.GetAsync($"/api/v1/users?x-api-key={key}&api_key={key}", Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/openapi/v1.json")]
    public async Task Health_and_document_need_no_key(string path)
    {
        using var response = await system.Anonymous.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Asks for nothing in particular with a key of this scope; of a stream only the head is read.</summary>
    private async Task<HttpResponseMessage> AskAsync(ApiOperation operation, string scope)
    {
        using var request = operation.ToMessage(ContractRequest.Plain, string.Empty);
        request.Headers.Add(LmtpApiHeaders.ApiKey, await KeyAsync(scope));
        return await system.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private async Task<string> KeyAsync(string scope)
    {
        if (!_keys.TryGetValue(scope, out var key))
        {
            var made = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName(scope), Scope = scope }, Token);
            _keys[scope] = key = made.Key;
        }

        return key;
    }

    private static string Fill(string template) =>
        string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? "0123456789abcdef01234567" : part));
}
