using Lmtp.Contracts;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Filters;

/// <summary>The extension of a filter as plain values, which its rules read, and as the document that is stored.</summary>
internal static class FilterExtensionMapping
{
    private static readonly string[] Content = ["match", "conditions", "actions"];

    /// <summary>The fields that are given, in the order in which they are stored; what is null is left out.</summary>
    public static IReadOnlyDictionary<string, object?> ToPlainValues(this FilterExtension extension) => Given(
        ("match", extension.Match),
        ("conditions", extension.Conditions?.Select(object? (condition) => ToPlainValue(condition)).ToList()),
        ("actions", extension.Actions is { } actions ? ToPlainValues(actions) : null));

    /// <summary>The document of plain values.</summary>
    public static BsonDocument ToBson(IReadOnlyDictionary<string, object?> values) =>
        new(values.Select(value => new BsonElement(value.Key, ToBson(value.Value))));

    /// <summary>The extension that a document holds; null when it holds nothing but its place. Wrong types count as missing.</summary>
    public static FilterExtension? ToExtension(BsonDocument document) => Content.Any(document.Contains)
        ? new FilterExtension
        {
            Match = document.StringOrNull("match"),
            Conditions = document.GetValue("conditions", BsonNull.Value) is BsonArray conditions
                ? [.. conditions.OfType<BsonDocument>().Select(ToCondition)]
                : null,
            Actions = document.DocumentOrNull("actions") is { } actions ? ToActions(actions) : null,
        }
        : null;

    // Whoever writes to the API may put null where a list holds a condition.
    private static OrderedDictionary<string, object?>? ToPlainValue(FilterCondition? condition) => condition is null ? null : Given(
        ("type", condition.Type),
        ("not", condition.Not),
        ("name", condition.Name),
        ("op", condition.Op),
        ("value", condition.Value),
        ("min", condition.Min),
        ("max", condition.Max),
        ("from", condition.From),
        ("to", condition.To),
        ("days", ToList(condition.Days)),
        ("zone", condition.Zone),
        ("of", condition.Of));

    private static OrderedDictionary<string, object?> ToPlainValues(FilterActions actions) => Given(
        ("mailbox", actions.Mailbox is { } mailbox ? Given(("path", mailbox.Path), ("create", mailbox.Create)) : null),
        ("seen", actions.Seen),
        ("flagged", actions.Flagged),
        ("keywords", ToList(actions.Keywords)),
        ("spam", actions.Spam),
        ("delete", actions.Delete),
        ("reject", actions.Reject),
        ("forward", ToList(actions.Forward)),
        ("redirect", ToList(actions.Redirect)),
        ("stop", actions.Stop));

    private static FilterCondition ToCondition(BsonDocument condition) => new()
    {
        Type = condition.StringOrNull("type"),
        Not = BooleanOrNull(condition, "not"),
        Name = condition.StringOrNull("name"),
        Op = condition.StringOrNull("op"),
        Value = condition.StringOrNull("value"),
        Min = DoubleOrNull(condition, "min"),
        Max = DoubleOrNull(condition, "max"),
        From = condition.StringOrNull("from"),
        To = condition.StringOrNull("to"),
        Days = TextsOrNull(condition, "days"),
        Zone = condition.StringOrNull("zone"),
        Of = condition.StringOrNull("of"),
    };

    private static FilterActions ToActions(BsonDocument actions) => new()
    {
        Mailbox = actions.DocumentOrNull("mailbox") is { } mailbox
            ? new FilterMailbox { Path = mailbox.StringOrNull("path"), Create = BooleanOrNull(mailbox, "create") }
            : null,
        Seen = BooleanOrNull(actions, "seen"),
        Flagged = BooleanOrNull(actions, "flagged"),
        Keywords = TextsOrNull(actions, "keywords"),
        Spam = BooleanOrNull(actions, "spam"),
        Delete = BooleanOrNull(actions, "delete"),
        Reject = actions.StringOrNull("reject"),
        Forward = TextsOrNull(actions, "forward"),
        Redirect = TextsOrNull(actions, "redirect"),
        Stop = BooleanOrNull(actions, "stop"),
    };

    private static OrderedDictionary<string, object?> Given(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var given = new OrderedDictionary<string, object?>(fields.Length, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                given.Add(name, value);
            }
        }

        return given;
    }

    private static List<object?>? ToList(IReadOnlyList<string?>? texts) => texts?.Cast<object?>().ToList();

    private static BsonValue ToBson(object? value) => value switch
    {
        string text => text,
        bool flag => flag,
        double number when number == Math.Truncate(number) && Math.Abs(number) < long.MaxValue => BsonFields.ToJavaScriptNumber((long)number),
        double number => number,
        IReadOnlyDictionary<string, object?> fields => ToBson(fields),
        List<object?> list => new BsonArray(list.Select(ToBson)),
        _ => BsonNull.Value,
    };

    private static bool? BooleanOrNull(BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is BsonBoolean flag ? flag.Value : null;

    // JSON has no number for what is not finite.
    private static double? DoubleOrNull(BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is { IsNumeric: true } number && double.IsFinite(number.ToDouble()) ? number.ToDouble() : null;

    private static IReadOnlyList<string>? TextsOrNull(BsonDocument document, string name) =>
        document.Contains(name) ? document.Strings(name) : null;
}
