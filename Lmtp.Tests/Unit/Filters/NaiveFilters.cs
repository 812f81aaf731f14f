using System.Globalization;
using System.Text.RegularExpressions;
using Lmtp.Server.Filters;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Filters;

/// <summary>
/// Filters once more, the slow and obvious way: it reads the documents themselves at every step, looks at every
/// condition, and shares no code with the server.
/// </summary>
internal static class NaiveFilters
{
    public sealed record Result(
        string Flags, bool Deleted, string? Reject, string? Mailbox, bool? Spam, bool Redirected, string Targets, string Applied);

    public static Result Decide(FilterMessage message, IEnumerable<BsonDocument> filters, double? spamLevel)
    {
        var applied = new List<BsonDocument>();
        foreach (var filter in filters
            .Select((document, index) => (document, index))
            .OrderBy(entry => Lmtp(entry.document).GetValue("order", 0).ToInt32())
            .ThenBy(entry => entry.index)
            .Select(entry => entry.document))
        {
            if (!Applies(message, filter))
            {
                continue;
            }

            applied.Add(filter);
            if (Actions(filter).GetValue("stop", false).AsBoolean)
            {
                break;
            }
        }

        // All actions one after the other, WildDuck's of a filter before those of its extension.
        var actions = applied.SelectMany(filter => new[] { ((BsonDocument)filter["action"], false), (Actions(filter), true) }).ToList();
        var mailbox = actions.Select(entry => entry.Item1)
            .Where(action => action.Contains("mailbox"))
            .Select(action => action["mailbox"].IsObjectId ? action["mailbox"].AsObjectId.ToString() : action["mailbox"]["path"].AsString)
            .FirstOrDefault();
        bool? spam = First(actions, "spam", "spam");
        if (mailbox is not null)
        {
            spam = spam is true ? null : spam;
        }
        else if (spam is null && spamLevel is { } level)
        {
            spam = level == 100 ? false : level == 0 || message.SpamScore >= level ? true : null;
        }

        var targets = new List<string>();
        foreach (var (action, isExtension) in actions)
        {
            var values = isExtension
                ? Strings(action, "forward").Concat(Strings(action, "redirect"))
                : Array(action, "targets").Select(target => target["value"].AsString);
            targets.AddRange(values.Where(value => !targets.Contains(value)));
        }

        return new Result(
            string.Join(' ', Flags(actions)),
            First(actions, "delete", "delete") ?? false,
            actions.Select(entry => entry.Item1.GetValue("reject", BsonNull.Value)).OfType<BsonString>().FirstOrDefault()?.Value,
            mailbox,
            spam,
            actions.Any(entry => entry.Item2 && Strings(entry.Item1, "redirect").Any()),
            string.Join(' ', targets),
            string.Join(' ', applied.Select(filter => filter["_id"].AsObjectId)));
    }

    private static bool Applies(FilterMessage message, BsonDocument filter)
    {
        var query = filter["query"].AsBsonDocument;
        if (query.Contains("size"))
        {
            var size = query["size"].ToInt64();
            if (size > 0 ? message.Size < size : size < 0 && message.Size > -size)
            {
                return false;
            }
        }

        if (query.GetValue("ha", false).AsBoolean && message.Attachments.Count == 0)
        {
            return false;
        }

        foreach (var header in query.GetValue("headers", new BsonDocument()).AsBsonDocument)
        {
            if (!message.Headers.Any(entry => entry.Key == header.Name && entry.Value.Contains(header.Value.AsString, StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        var conditions = Array(Lmtp(filter), "conditions").Select(condition => Holds(message, condition.AsBsonDocument)).ToList();
        return conditions.Count == 0
            || (Lmtp(filter).GetValue("match", "all").AsString == "all" ? conditions.All(holds => holds) : conditions.Any(holds => holds));
    }

    private static bool Holds(FilterMessage message, BsonDocument condition)
    {
        var holds = condition["type"].AsString switch
        {
            "header" => AnyMatches(message.Fields.Values(condition["name"].AsString), condition),
            "sender" => AnyMatches(message.Sender.Length > 0 ? [message.Sender] : [], condition),
            "recipient" => AnyMatches([message.Recipient], condition),
            "originalRecipient" => AnyMatches(message.OriginalRecipient is { } original ? [original] : [], condition),
            "tag" => AnyMatches(string.IsNullOrEmpty(message.Tag) ? [] : [message.Tag], condition),
            "attachmentName" => AnyMatches(message.Attachments.Select(attachment => attachment.Name), condition),
            "attachmentType" => AnyMatches(message.Attachments.Select(attachment => attachment.Type), condition),
            "size" => Between(message.Size, condition),
            "spamScore" => Between(message.SpamScore, condition),
            "date" => string.CompareOrdinal(Day(message), condition.GetValue("from", "0000").AsString) >= 0
                && string.CompareOrdinal(Day(message), condition.GetValue("to", "9999").AsString) <= 0,
            "weekday" => Strings(condition, "days").Contains(message.Received.UtcDateTime.DayOfWeek.ToString()[..3].ToLowerInvariant()),
            "list" => message.Fields.Values("list-id").Count > 0,
            "body" => AnyMatches(message.Text.Length > 0 ? [message.Text] : [], condition),
            var other => throw new InvalidOperationException(other),
        };
        return holds != condition.GetValue("not", false).AsBoolean;
    }

    private static bool AnyMatches(IEnumerable<string> texts, BsonDocument condition)
    {
        var value = condition.GetValue("value", "").AsString;
        return texts.Any(text => condition["op"].AsString switch
        {
            "exists" => true,
            "equals" => string.Equals(text, value, StringComparison.OrdinalIgnoreCase),
            "contains" => text.Contains(value, StringComparison.OrdinalIgnoreCase),
            "wildcard" => Like(text.ToLowerInvariant(), value.ToLowerInvariant()),
            _ => Regex.IsMatch(text, value, RegexOptions.IgnoreCase),
        });
    }

    private static bool Like(string text, string pattern) => pattern switch
    {
        "" => text.Length == 0,
        ['*', ..] => Enumerable.Range(0, text.Length + 1).Any(skip => Like(text[skip..], pattern[1..])),
        _ => text.Length > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && Like(text[1..], pattern[1..]),
    };

    private static bool Between(double value, BsonDocument condition) =>
        value >= condition.GetValue("min", double.MinValue).ToDouble() && value <= condition.GetValue("max", double.MaxValue).ToDouble();

    private static string Day(FilterMessage message) => message.Received.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Flags(List<(BsonDocument Action, bool IsExtension)> actions)
    {
        var order = actions
            .SelectMany(entry => entry.Action.Names)
            .Select(name => name is "flag" or "flagged" ? "flag" : name)
            .Where(name => name is "seen" or "flag")
            .Distinct();
        foreach (var name in order)
        {
            if (name == "seen" && First(actions, "seen", "seen") is true)
            {
                yield return @"\Seen";
            }
            else if (name == "flag" && First(actions, "flag", "flagged") is true)
            {
                yield return @"\Flagged";
            }
        }

        foreach (var keyword in actions.SelectMany(entry => Strings(entry.Action, "keywords")).Distinct())
        {
            yield return keyword;
        }
    }

    private static bool? First(IEnumerable<(BsonDocument Action, bool IsExtension)> actions, string name, string extensionName)
    {
        foreach (var (action, isExtension) in actions)
        {
            var field = isExtension ? extensionName : name;
            if (action.Contains(field) && !action[field].IsBsonNull)
            {
                return action[field].AsBoolean;
            }
        }

        return null;
    }

    private static BsonDocument Lmtp(BsonDocument filter) => filter.GetValue("lmtp", new BsonDocument()).AsBsonDocument;

    private static BsonDocument Actions(BsonDocument filter) => Lmtp(filter).GetValue("actions", new BsonDocument()).AsBsonDocument;

    private static BsonArray Array(BsonDocument document, string name) => document.GetValue(name, new BsonArray()).AsBsonArray;

    private static IEnumerable<string> Strings(BsonDocument document, string name) =>
        Array(document, name).Select(value => value.AsString);
}
