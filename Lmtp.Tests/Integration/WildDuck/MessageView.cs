using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>A message as WildDuck's API shows it, without what differs from delivery to delivery.</summary>
internal static partial class MessageView
{
    private static readonly string[] IdsAndTimes = ["mailbox", "user", "thread", "idate"];

    public static string Comparable(JsonNode message)
    {
        var view = message.DeepClone().AsObject();
        foreach (var name in IdsAndTimes)
        {
            view.Remove(name);
        }

        if ((string?)view["date"] == (string?)message["idate"])
        {
            // Without a date of its own it has that of its arrival.
            view["date"] = "arrival";
        }

        if (((string?)view["messageId"])?.EndsWith("@wildduck.email>", StringComparison.Ordinal) == true)
        {
            view["messageId"] = "generated";
        }

        if (view["envelope"] is JsonObject envelope)
        {
            envelope.Remove("time");
        }

        return GeneratedName().Replace(view.ToJsonString(), "\"filename\":\"generated");
    }

    [GeneratedRegex("\"filename\":\"[0-9a-f]{8}(?=\\.)")]
    private static partial Regex GeneratedName();
}
