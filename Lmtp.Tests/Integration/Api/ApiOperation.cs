using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Lmtp.Tests.Integration.Api;

/// <summary>An operation as the OpenAPI document describes it.</summary>
internal sealed record ApiOperation(string Path, string Method, JsonElement Description)
{
    public string Id => Description.GetProperty("operationId").GetString()!;

    public string Summary => Description.GetProperty("summary").GetString()!;

    /// <summary>The schema of the request's body; null when it has none.</summary>
    public JsonElement? Body => Description.TryGetProperty("requestBody", out var body)
        ? body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema")
        : null;

    public IEnumerable<JsonElement> QueryParameters => Description.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query")
        : [];

    public bool Documents(HttpStatusCode status) => Answer(status) is not null;

    /// <summary>The description of an answer; null when the document has none.</summary>
    public JsonElement? Answer(HttpStatusCode status) =>
        Description.GetProperty("responses").TryGetProperty(((int)status).ToString(CultureInfo.InvariantCulture), out var answer) ? answer : null;
}
