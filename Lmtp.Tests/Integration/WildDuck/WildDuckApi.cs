using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>WildDuck's own HTTP API.</summary>
internal sealed class WildDuckApi(Uri address) : IDisposable
{
    public const string Password = "secretpass";

    private readonly HttpClient _http = new() { BaseAddress = address };

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync("health", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Makes a user with the password of all test users; returns its id.</summary>
    public async Task<string> CreateUserAsync(string username, string emailAddress, string name) =>
        (string)(await PostAsync("users", new JsonObject
        {
            ["username"] = username,
            ["password"] = Password,
            ["address"] = emailAddress,
            ["name"] = name,
        }))["id"]!;

    public async Task<JsonNode> GetAsync(string path) =>
        await ReadAsync(await _http.GetAsync(path, TestContext.Current.CancellationToken));

    public async Task<byte[]> GetBytesAsync(string path) =>
        await _http.GetByteArrayAsync(path, TestContext.Current.CancellationToken);

    public async Task<JsonNode> PostAsync(string path, JsonObject body) =>
        await ReadAsync(await _http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken));

    public async Task<JsonNode> PutAsync(string path, JsonObject body) =>
        await ReadAsync(await _http.PutAsJsonAsync(path, body, TestContext.Current.CancellationToken));

    public async Task<JsonNode> DeleteAsync(string path) =>
        await ReadAsync(await _http.DeleteAsync(path, TestContext.Current.CancellationToken));

    public void Dispose() => _http.Dispose();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage?.RequestUri}: {text}");
            return JsonNode.Parse(text)!;
        }
    }
}
