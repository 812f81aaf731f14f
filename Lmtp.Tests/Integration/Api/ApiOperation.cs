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

    /// <summary>The scope that it needs.</summary>
    public string Scope => Description.GetProperty("security")[0].EnumerateObject().First().Value[0].GetString()!;

    public IEnumerable<JsonElement> QueryParameters => Parameters("query");

    public IEnumerable<string> HeaderParameters => Parameters("header").Select(parameter => parameter.GetProperty("name").GetString()!);

    /// <summary>A request for it, its body left out.</summary>
    public HttpRequestMessage ToMessage(ContractRequest request, string query)
    {
        const string Nobody = "0123456789abcdef01234567";
        var path = string.Join('/', Path.Split('/').Select(part => part.StartsWith('{')
            ? Uri.EscapeDataString(request.Path.GetValueOrDefault(part.Trim('{', '}'), Nobody))
            : part));
        var message = new HttpRequestMessage(new HttpMethod(Method), path + query);
        if (request.IfMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("If-Match", request.IfMatch);
        }

        return message;
    }

    public bool Documents(HttpStatusCode status) => Answer(status) is not null;

    /// <summary>The description of an answer; null when the document has none.</summary>
    public JsonElement? Answer(HttpStatusCode status) =>
        Description.GetProperty("responses").TryGetProperty(((int)status).ToString(CultureInfo.InvariantCulture), out var answer) ? answer : null;

    private IEnumerable<JsonElement> Parameters(string place) => Description.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == place)
        : [];
}
