using System.Globalization;
using Lmtp.Contracts;

namespace Lmtp.Admin.Filters;

/// <summary>
/// Makes the request of a draft. What WildDuck can say stays WildDuck's, so that a filter works there too; as soon as
/// there is more, the actions stand in the extension, where WildDuck does nothing with what it understands by half.
/// </summary>
/// <param name="mailboxes">The mailboxes of the user.</param>
internal sealed class FilterDraftWriter(IReadOnlyList<MailboxResponse> mailboxes)
{
    /// <summary>The request; notes at each condition and action where it went.</summary>
    public FilterRequest Write(FilterDraft draft)
    {
        var query = new FilterQuery();
        List<FilterCondition> conditions = [];
        foreach (var condition in draft.Conditions)
        {
            if ((!draft.IsAny || condition.IsBesides) && AddTo(query, condition) is { } added)
            {
                query = added;
                continue;
            }

            condition.Field = $"extension.conditions[{conditions.Count}]";
            conditions.Add(ToCondition(condition));
        }

        var isSimple = conditions.Count == 0 && !draft.Stop && draft.Actions.TrueForAll(IsSimple);
        var extended = isSimple ? null : ToExtended(draft);
        return new FilterRequest
        {
            Name = draft.Name.Trim() is { Length: > 0 } name ? name : null,
            Disabled = !draft.IsEnabled,
            Query = query,
            Action = isSimple ? ToSimple(draft) : null,
            Extension = isSimple
                ? null
                : new FilterExtension
                {
                    Match = draft.IsAny ? "any" : "all",
                    Conditions = conditions,
                    Actions = extended,
                },
        };
    }

    // Of each field WildDuck has one condition.
    private static FilterQuery? AddTo(FilterQuery query, ConditionDraft condition)
    {
        var isText = condition is { IsNegated: false, Op: "contains", Value.Length: > 0 };
        var (added, field) = condition.Kind switch
        {
            ConditionKind.From when isText && query.From is null => (query with { From = condition.Value }, "from"),
            ConditionKind.To when isText && query.To is null => (query with { To = condition.Value }, "to"),
            ConditionKind.Subject when isText && query.Subject is null => (query with { Subject = condition.Value }, "subject"),
            ConditionKind.ListId when isText && query.ListId is null => (query with { ListId = condition.Value }, "listId"),
            ConditionKind.Words when condition is { IsNegated: false, Value.Length: > 0 } && query.Text is null
                => (query with { Text = condition.Value }, "text"),
            ConditionKind.Attachment when !condition.IsNegated => (query with { HasAttachments = true }, "hasAttachments"),
            ConditionKind.Size when query.Size is null && SignedSize(condition) is { } size => (query with { Size = size }, "size"),
            _ => (null, null),
        };
        if (added is not null)
        {
            condition.Field = $"query.{field}";
        }

        return added;
    }

    private static long? SignedSize(ConditionDraft condition) => condition switch
    {
        { Op: "min", Min: { } least } when least * condition.Unit is >= 1 and <= int.MaxValue => (long)(least * condition.Unit),
        { Op: "max", Max: { } most } when most * condition.Unit is >= 1 and <= int.MaxValue => -(long)(most * condition.Unit),
        _ => null,
    };

    private static FilterCondition ToCondition(ConditionDraft draft)
    {
        var (type, name) = TypeOf(draft);
        var condition = new FilterCondition { Type = type, Name = name, Not = draft.IsNegated ? true : null };
        var (hasMin, hasMax) = (draft.Op != "max", draft.Op != "min");
        return draft.Form switch
        {
            ConditionForm.Text when draft.Op == "exists" => condition with { Op = draft.Op },
            ConditionForm.Text => condition with { Op = draft.Op, Value = draft.Value },
            ConditionForm.Words => condition with { Op = "contains", Value = draft.Value },
            ConditionForm.Fact when draft.Kind == ConditionKind.Attachment => condition with { Op = "exists" },
            ConditionForm.Range => condition with
            {
                Min = hasMin ? draft.Min * draft.Unit : null,
                Max = hasMax ? draft.Max * draft.Unit : null,
            },
            ConditionForm.Days => WithClock(condition, draft) with { From = hasMin ? Day(draft.From) : null, To = hasMax ? Day(draft.To) : null },
            ConditionForm.Weekdays => WithClock(condition, draft) with { Days = [.. FilterChoices.Weekdays.Where(draft.Days.Contains)] },
            _ => condition,
        };
    }

    private static (string Type, string? Name) TypeOf(ConditionDraft draft) => draft.Kind switch
    {
        ConditionKind.Subject => ("header", "subject"),
        ConditionKind.From => ("header", "from"),
        ConditionKind.To => ("header", "to"),
        ConditionKind.Cc => ("header", "cc"),
        ConditionKind.ListId => ("header", "list-id"),
        ConditionKind.Header => ("header", draft.Name.Trim()),
        ConditionKind.Words => ("body", null),
        ConditionKind.Attachment => ("attachmentType", null),
        var kind => (CamelCase(kind.ToString()), null),
    };

    private static FilterCondition WithClock(FilterCondition condition, ConditionDraft draft) => condition with
    {
        Zone = draft.Zone.Trim() is { Length: > 0 } zone ? zone : null,
        Of = draft.IsOfHeader ? "header" : null,
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool IsSimple(ActionDraft action) => action.Kind switch
    {
        ActionKind.Keywords or ActionKind.Redirect or ActionKind.Reject => false,
        ActionKind.Mailbox => action.Mailbox.Length > 0,
        _ => true,
    };

    private static FilterAction ToSimple(FilterDraft draft)
    {
        var result = new FilterAction();
        foreach (var action in draft.Actions)
        {
            (result, action.Field) = action.Kind switch
            {
                ActionKind.Mailbox => (result with { Mailbox = action.Mailbox }, "action.mailbox"),
                ActionKind.Seen => (result with { Seen = true }, "action.seen"),
                ActionKind.Unseen => (result with { Seen = false }, "action.seen"),
                ActionKind.Flagged => (result with { Flag = true }, "action.flag"),
                ActionKind.Unflagged => (result with { Flag = false }, "action.flag"),
                ActionKind.Spam => (result with { Spam = true }, "action.spam"),
                ActionKind.NoSpam => (result with { Spam = false }, "action.spam"),
                ActionKind.Delete => (result with { Delete = true }, "action.delete"),
                ActionKind.Keep => (result with { Delete = false }, "action.delete"),
                _ => (result with { Targets = [.. result.Targets ?? [], .. action.Values] }, "action.targets"),
            };
        }

        return result;
    }

    private FilterActions ToExtended(FilterDraft draft)
    {
        var result = new FilterActions { Stop = draft.Stop ? true : null };
        foreach (var action in draft.Actions)
        {
            (result, var field) = action.Kind switch
            {
                ActionKind.Mailbox => (result with { Mailbox = ToMailbox(action) }, "mailbox"),
                ActionKind.Seen => (result with { Seen = true }, "seen"),
                ActionKind.Unseen => (result with { Seen = false }, "seen"),
                ActionKind.Flagged => (result with { Flagged = true }, "flagged"),
                ActionKind.Unflagged => (result with { Flagged = false }, "flagged"),
                ActionKind.Keywords => (result with { Keywords = [.. result.Keywords ?? [], .. action.Values] }, "keywords"),
                ActionKind.Spam => (result with { Spam = true }, "spam"),
                ActionKind.NoSpam => (result with { Spam = false }, "spam"),
                ActionKind.Delete => (result with { Delete = true }, "delete"),
                ActionKind.Keep => (result with { Delete = false }, "delete"),
                ActionKind.Reject => (result with { Reject = action.Value }, "reject"),
                ActionKind.Redirect => (result with { Redirect = [.. result.Redirect ?? [], .. action.Values] }, "redirect"),
                _ => (result with { Forward = [.. result.Forward ?? [], .. action.Values] }, "forward"),
            };
            action.Field = $"extension.actions.{field}";
        }

        return result;
    }

    private FilterMailbox ToMailbox(ActionDraft action) => new()
    {
        Path = mailboxes.FirstOrDefault(mailbox => mailbox.Id == action.Mailbox)?.Path ?? action.Value.Trim(),
        Create = action.Create ? true : null,
    };

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
