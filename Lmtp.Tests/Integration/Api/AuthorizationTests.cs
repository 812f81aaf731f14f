using System.Net;
using System.Text.Json;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class AuthorizationTests(ApiSystem system)
{
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

    private static string Fill(string template) =>
        string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? "0123456789abcdef01234567" : part));
}
