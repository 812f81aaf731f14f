using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Audit;

/// <summary>
/// What one request changes, for the audit log. An endpoint tells what was there before; what is there since is its
/// answer, unless it tells otherwise.
/// </summary>
internal sealed class AuditTrail(IOptions<JsonOptions> json)
{
    private const int MaxTextLength = 64 * 1024;
    private const string Mask = "***";

    private static readonly string[] Secrets = ["password", "secret", "token", "hash", "key", "stamp", "codes"];

    public string? BeforeText { get; private set; }

    public string? AfterText { get; private set; }

    /// <summary>Whether the request changed nothing that anybody would look for.</summary>
    public bool IsNothing { get; private set; }

    /// <summary>How it was before.</summary>
    public void Before(object value) => BeforeText = ToText(value);

    /// <summary>How it is since.</summary>
    public void After(object value) => AfterText = ToText(value);

    /// <summary>Keeps the request out of the log: it changed nothing, or only what counts itself.</summary>
    public void Nothing() => IsNothing = true;

    /// <summary>JSON with everything masked whose name says that it is secret.</summary>
    public string ToText(object value)
    {
        var node = JsonSerializer.SerializeToNode(value, value.GetType(), json.Value.SerializerOptions);
        Hide(node);
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= MaxTextLength ? text : $$"""{"omitted":"{{text.Length}} characters"}""";
    }

    private static void Hide(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject found:
                foreach (var (name, value) in found.ToList())
                {
                    if (IsSecret(name) && value is JsonValue given && given.GetValueKind() == JsonValueKind.String)
                    {
                        found[name] = Mask;
                    }
                    else
                    {
                        Hide(value);
                    }
                }

                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    Hide(item);
                }

                break;
        }
    }

    private static bool IsSecret(string name) =>
        Array.Exists(Secrets, secret => name.EndsWith(secret, StringComparison.OrdinalIgnoreCase));
}
