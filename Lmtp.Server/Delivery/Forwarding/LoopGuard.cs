using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lmtp.Server.Storage.Outgoing;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Forwarding;

/// <summary>
/// Finds forwards that run in a circle: by the number of Received headers and, where a secret is configured, by a keyed
/// hash of the targets that each forward leaves in the header, the same as WildDuck's. Specification section 7.5.
/// </summary>
internal sealed class LoopGuard(IOptionsMonitor<DeliveryOptions> options)
{
    private const int MaxReceived = 30;
    private const int MaxMarks = 100;
    private const int SaltBytes = 6;
    private const int SaltLength = 2 * SaltBytes;
    private const string MarkKey = "x-wildduck-seen";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the mark of this forward to the header; false when the message was forwarded so before.</summary>
    public bool TryMark(List<QueueHeader> fields, OutgoingPlan plan, string recipient)
    {
        if (fields.Count(field => field.Key == "received") >= MaxReceived)
        {
            return false;
        }

        if (options.CurrentValue.LoopSecret is not { Length: > 0 } secret)
        {
            return true;
        }

        var targets = Describe(plan, recipient);
        var marks = fields.Where(field => field.Key == MarkKey).Take(MaxMarks).Select(field => MessageValue(field.Line));
        if (marks.Any(mark => IsOurs(mark, secret, targets)))
        {
            return false;
        }

        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes));
        fields.Insert(0, new QueueHeader(MarkKey, $"X-WildDuck-Seen:\r\n {salt}{Hash(salt, secret, targets)}"));
        return true;
    }

    private static string MessageValue(string line) =>
        line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().ToLowerInvariant();

    private static bool IsOurs(string mark, string secret, byte[] targets) => mark.Length > SaltLength
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(mark[SaltLength..]), Encoding.ASCII.GetBytes(Hash(mark[..SaltLength], secret, targets)));

    private static string Hash(string salt, string secret, byte[] targets) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(salt), .. targets]));

    // The text that WildDuck hashes: its list of deliveries as JSON, member by member in its order.
    private static byte[] Describe(OutgoingPlan plan, string recipient)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartArray();
            foreach (var entry in plan.Entries)
            {
                json.WriteStartObject();
                json.WriteString("to", entry.Recipient);
                WriteRoute(json, entry, recipient);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static void WriteRoute(Utf8JsonWriter json, OutgoingEntry entry, string recipient)
    {
        // The user's own relay is added to an address behind whom it was for; a target's route stands before.
        var route = entry.Route;
        var isOwnRelay = route.Contains("mx") && entry.Recipient != recipient;
        if (isOwnRelay)
        {
            json.WriteString("forwardedFor", recipient);
        }

        if (route.Contains("mx"))
        {
            Write(json, "mx", route["mx"]);
            Write(json, "mxPort", route["mxPort"]);
            Write(json, "mxAuth", route.GetValue("mxAuth", false));
            Write(json, "mxSecure", route.GetValue("mxSecure", false));
        }

        foreach (var element in route.Elements.Where(element => !element.Name.StartsWith("mx", StringComparison.Ordinal)))
        {
            Write(json, element.Name, element.Value);
        }

        if (!isOwnRelay)
        {
            json.WriteString("forwardedFor", recipient);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, BsonValue value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    private static void Write(Utf8JsonWriter json, BsonValue value)
    {
        switch (value)
        {
            case BsonDocument document:
                json.WriteStartObject();
                foreach (var element in document)
                {
                    Write(json, element.Name, element.Value);
                }

                json.WriteEndObject();
                break;
            case BsonArray array:
                json.WriteStartArray();
                foreach (var item in array)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case BsonBoolean boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case BsonInt32 number:
                json.WriteNumberValue(number.Value);
                break;
            default:
                json.WriteStringValue(value.AsString);
                break;
        }
    }
}
