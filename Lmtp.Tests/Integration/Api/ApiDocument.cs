using System.Text.Json;

namespace Lmtp.Tests.Integration.Api;

/// <summary>The OpenAPI document that a running server gives out.</summary>
internal sealed class ApiDocument(JsonElement root)
{
    private readonly OpenApiSchema _schema = new(root);

    public JsonElement Root => root;

    public OpenApiSchema Schema => _schema;

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in root.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new ApiOperation(path.Name, operation.Name.ToUpperInvariant(), operation.Value),
    ];

    public static async Task<ApiDocument> ReadAsync(ApiSystem system)
    {
        var text = await system.Anonymous.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        return new ApiDocument(JsonElement.Parse(text));
    }

    /// <summary>What of a request's body the document does not know.</summary>
    public IReadOnlyList<string> CheckRequest(ApiOperation operation, JsonElement body) =>
        operation.Body is { } schema ? _schema.Check(schema, body) : ["the document knows no body"];

    /// <summary>What of an answer the document does not know; of a stream only the head is looked at.</summary>
    public async Task<IReadOnlyList<string>> CheckAnswerAsync(
        ApiOperation operation, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (operation.Answer(response.StatusCode) is not { } answer)
        {
            return [$"the document knows no {(int)response.StatusCode}"];
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (!answer.TryGetProperty("content", out var content))
        {
            return mediaType is null ? [] : [$"the document knows no content, but it is {mediaType}"];
        }

        if (mediaType is null || !content.TryGetProperty(mediaType, out var described))
        {
            return [$"{(int)response.StatusCode} came as {mediaType ?? "nothing"}"];
        }

        if (!mediaType.EndsWith("json", StringComparison.Ordinal))
        {
            return [];
        }

        var body = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var faults = _schema.Check(described.GetProperty("schema"), body);

        // Problem details may carry more members than their schema names (RFC 9457 section 3.2).
        return response.IsSuccessStatusCode
            ? faults
            : [.. faults.Where(fault => !fault.StartsWith("$.traceId", StringComparison.Ordinal))];
    }
}
