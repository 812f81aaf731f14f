using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Headers that nobody expects are answered like any other mistake.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class OddHeaderTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("message/rfc822")]
    [InlineData("text/html;q=0.5, image/png")]
    [InlineData("nonsense")]
    public async Task Client_that_takes_no_json_is_told_what_is_wrong_all_the_same(string accepted)
    {
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName("odd"), Scope = "read" }, Token);
        using var reader = system.System.CreateHttpClient(key.Key);

        using var anonymous = await SendAsync(system.Anonymous, HttpMethod.Get, "/api/v1/deliveries/live", accepted);
        using var forbidden = await SendAsync(reader, HttpMethod.Get, "/api/v1/keys", accepted);
        using var unreadable = await SendAsync(system.Http, HttpMethod.Post, "/api/v1/users", accepted);
        using var missing = await SendAsync(system.Http, HttpMethod.Get, "/api/v1/nothing", accepted);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.NotFound),
            (anonymous.StatusCode, forbidden.StatusCode, unreadable.StatusCode, missing.StatusCode));
        foreach (var answer in (HttpResponseMessage[])[anonymous, forbidden, unreadable, missing])
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("\"traceId\":", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("application/json; charset=nonsense")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task Body_of_a_type_that_is_not_known_is_refused_by_every_operation_that_takes_one(string type)
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> failures = [];
        foreach (var operation in api.Operations.Where(operation => operation.Body is not null))
        {
            using var message = operation.ToMessage(scene.AtUser(), string.Empty);
            message.Content = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
            using var response = await ContractTests.ClientFor(operation, system).SendAsync(message, Token);
            if (response.StatusCode != HttpStatusCode.UnsupportedMediaType)
            {
                failures.Add($"{operation.Id} answered {(int)response.StatusCode}");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task Body_that_is_too_large_is_refused()
    {
        const int MaxRequestBytes = 1024 * 1024;

        // What is refused by its length is not sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/users") { Headers = { ExpectContinue = true } };
        request.Content = new StringContent($$"""{"username":"{{new string('a', MaxRequestBytes)}}"}""", Encoding.UTF8, "application/json");

        using var response = await system.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string path, string accepted)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", accepted);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("{", Encoding.UTF8, "application/json");
        }

        return await http.SendAsync(request, Token);
    }
}
