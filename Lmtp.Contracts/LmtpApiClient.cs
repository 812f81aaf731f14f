using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lmtp.Contracts;

/// <summary>
/// The typed client of the mail server's HTTP API. The <see cref="HttpClient"/> brings base address and API key; see
/// <see cref="LmtpApiHeaders"/>.
/// </summary>
/// <remarks>
/// Every method throws <see cref="LmtpApiException"/> where the server refuses or cannot be reached. Creations carry an
/// idempotency key of their own, so that handlers of the HTTP client may repeat them as they may repeat a read.
/// </remarks>
/// <param name="http">The HTTP client to call with.</param>
public sealed partial class LmtpApiClient(HttpClient http)
{
    private static readonly LmtpJsonContext Json = LmtpJsonContext.Default;

    /// <summary>What server this is.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<ServerResponse> GetServerAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/server", Json.ServerResponse, cancellationToken);

    /// <summary>What the LMTP side has done since the server started.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<LmtpStatsResponse> GetStatsAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/lmtp/stats", Json.LmtpStatsResponse, cancellationToken);

    /// <summary>The LMTP connections that are open at the server, the oldest first.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyList<ConnectionResponse>> ListConnectionsAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/server/connections", Json.IReadOnlyListConnectionResponse, cancellationToken);

    /// <summary>Ends an LMTP connection once what has begun is finished.</summary>
    /// <param name="connection">The connection's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task CloseConnectionAsync(string connection, CancellationToken cancellationToken = default) =>
        DeleteAsync($"api/v1/server/connections/{Segment(connection)}", cancellationToken);

    /// <summary>The settings in force by their sections, secrets masked.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<IReadOnlyDictionary<string, JsonElement>> GetConfigurationAsync(CancellationToken cancellationToken = default) =>
        GetAsync("api/v1/server/configuration", Json.IReadOnlyDictionaryStringJsonElement, cancellationToken);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    private async Task<Tagged<T>> GetTaggedAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await ReadTaggedAsync(response, type, cancellationToken);
    }

    private async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync(path, type, cancellationToken);
        }
        catch (LmtpApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<TResponse> SendJsonAsync<TRequest, TResponse>(
        HttpMethod method,
        string path,
        TRequest body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, requestType) };
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync(response, responseType, cancellationToken);
    }

    /// <summary>Changes what has the entity tag, and nothing if it has another one by now; without a tag, in any state.</summary>
    private async Task<Tagged<TResponse>> ChangeAsync<TRequest, TResponse>(
        HttpMethod method,
        string path,
        TRequest body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        string? tag,
        CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, requestType) };
        using var response = await SendAsync(OnlyIf(request, tag), cancellationToken);
        return await ReadTaggedAsync(response, responseType, cancellationToken);
    }

    /// <summary>Creates something, once only however often a handler of the <see cref="HttpClient"/> repeats the request.</summary>
    private Task<TResponse> CreateAsync<TRequest, TResponse>(
        string path,
        TRequest body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CancellationToken cancellationToken) =>
        CreateAsync(path, body, requestType, responseType, Guid.NewGuid().ToString("N"), cancellationToken);

    /// <summary>Creates something, once only under the same idempotency key.</summary>
    private async Task<TResponse> CreateAsync<TRequest, TResponse>(
        string path,
        TRequest body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        string idempotencyKey,
        CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, requestType) };
        request.Headers.Add(LmtpApiHeaders.IdempotencyKey, idempotencyKey);
        using var response = await SendAsync(request, cancellationToken);
        return await ReadAsync(response, responseType, cancellationToken);
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken, string? tag = null) =>
        (await SendAsync(OnlyIf(new HttpRequestMessage(HttpMethod.Delete, path), tag), cancellationToken)).Dispose();

    private static HttpRequestMessage OnlyIf(HttpRequestMessage request, string? tag)
    {
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return request;
    }

    private static async Task<Tagged<T>> ReadTaggedAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        new(await ReadAsync(response, type, cancellationToken), response.Headers.ETag?.ToString());

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            using (request)
            {
                response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            }
        }
        catch (HttpRequestException exception)
        {
            throw new LmtpApiException($"The mail server at {http.BaseAddress} cannot be reached.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LmtpApiException($"The mail server at {http.BaseAddress} did not answer in time.", exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new LmtpApiException(response.StatusCode, await ReadProblemAsync(response, cancellationToken));
        }
    }

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new LmtpApiException("The mail server's answer was empty.");
        }
        catch (JsonException exception)
        {
            throw new LmtpApiException("The mail server's answer does not fit this client's version.", exception);
        }
    }

    private static async Task<ProblemResponse?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        try
        {
            var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(content, Json.ProblemResponse);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Query(string path, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
                path = $"{path}{separator}{name}={Uri.EscapeDataString(text)}";
                separator = '&';
            }
        }

        return path;
    }

    private static string Segment(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return Uri.EscapeDataString(value);
    }
}
