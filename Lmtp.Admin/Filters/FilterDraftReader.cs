using System.Globalization;
using Lmtp.Contracts;

namespace Lmtp.Admin.Filters;

/// <summary>Makes a draft of a filter that is stored.</summary>
/// <param name="mailboxes">The mailboxes of the user.</param>
internal sealed class FilterDraftReader(IReadOnlyList<MailboxResponse> mailboxes)
{
    /// <summary>The draft; what was saved from it would mean the same.</summary>
    public FilterDraft Read(FilterResponse filter)
    {
        var extension = filter.Extension ?? new FilterExtension();
        var draft = new FilterDraft
        {
            Name = filter.Name ?? string.Empty,
            IsEnabled = !filter.Disabled,
            IsAny = extension is { Match: "any", Conditions.Count: > 0 },
            Stop = extension.Actions?.Stop ?? false,
        };
        draft.Conditions.AddRange(OfQuery(filter.Query, draft.IsAny));
        draft.Conditions.AddRange((extension.Conditions ?? []).Select(OfExtension));
        draft.Actions.AddRange(OfAction(filter.Action).Concat(OfExtension(extension.Actions ?? new FilterActions()))
            .DistinctBy(action => action.Kind switch
            {
                ActionKind.Unseen => ActionKind.Seen,
                ActionKind.Unflagged => ActionKind.Flagged,
                ActionKind.NoSpam => ActionKind.Spam,
                ActionKind.Keep => ActionKind.Delete,
                var kind => kind,
            }));
        return draft;
    }

    private static List<ConditionDraft> OfQuery(FilterQuery query, bool isBesides)
    {
        List<ConditionDraft> conditions = [];
        AddText(ConditionKind.From, query.From);
        AddText(ConditionKind.To, query.To);
        AddText(ConditionKind.Subject, query.Subject);
        AddText(ConditionKind.ListId, query.ListId);
        if (query.Text is { Length: > 0 } words)
        {
            conditions.Add(new ConditionDraft { Kind = ConditionKind.Words, Op = "is", Value = words });
        }

        if (query.HasAttachments is true)
        {
            conditions.Add(new ConditionDraft { Kind = ConditionKind.Attachment, Op = "is" });
        }

        if (query.Size is { } size and not 0)
        {
            conditions.Add(Range(ConditionKind.Size, size > 0 ? size : null, size < 0 ? -size : null));
        }

        conditions.ForEach(condition => condition.IsBesides = isBesides);
        return conditions;

        void AddText(ConditionKind kind, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                conditions.Add(new ConditionDraft { Kind = kind, Value = text });
            }
        }
    }

    private static ConditionDraft OfExtension(FilterCondition condition)
    {
        var kind = KindOf(condition);
        var draft = FilterChoices.FormOf(kind) switch
        {
            ConditionForm.Range => Range(kind, condition.Min, condition.Max),
            ConditionForm.Days => new ConditionDraft { Op = OpOf(condition.From, condition.To), From = Day(condition.From), To = Day(condition.To) },
            ConditionForm.Text => new ConditionDraft { Op = condition.Op ?? "contains", Value = condition.Value ?? string.Empty },
            _ => new ConditionDraft { Op = "is" },
        };
        draft.Kind = kind;
        draft.IsNegated = condition.Not ?? false;
        if (draft is { IsNegated: true, Op: "min" or "max" })
        {
            draft.Op = "between";
        }

        draft.Name = condition.Name ?? string.Empty;
        draft.Zone = condition.Zone ?? string.Empty;
        draft.IsOfHeader = condition.Of == "header";
        draft.Days.UnionWith(condition.Days ?? []);
        return draft;
    }

    private static ConditionKind KindOf(FilterCondition condition) => condition switch
    {
        { Type: "header" } => condition.Name?.ToLowerInvariant() switch
        {
            "subject" => ConditionKind.Subject,
            "from" => ConditionKind.From,
            "to" => ConditionKind.To,
            "cc" => ConditionKind.Cc,
            "list-id" => ConditionKind.ListId,
            _ => ConditionKind.Header,
        },
        { Type: "attachmentType", Op: "exists" } => ConditionKind.Attachment,
        { Type: { } type } when Enum.TryParse<ConditionKind>(type, ignoreCase: true, out var kind) => kind,
        _ => ConditionKind.Header,
    };

    private static ConditionDraft Range(ConditionKind kind, double? min, double? max)
    {
        var unit = kind == ConditionKind.Size
            ? FilterChoices.Units.Last(unit => (min ?? 0) % unit.Bytes == 0 && (max ?? 0) % unit.Bytes == 0).Bytes
            : 1;
        return new ConditionDraft { Kind = kind, Op = OpOf(min, max), Min = min / unit, Max = max / unit, Unit = unit };
    }

    private static string OpOf(object? from, object? to) => (from, to) switch
    {
        (_, null) => "min",
        (null, _) => "max",
        _ => "between",
    };

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IEnumerable<ActionDraft> OfAction(FilterAction action)
    {
        if (action.Mailbox is { } mailbox)
        {
            yield return new ActionDraft { Kind = ActionKind.Mailbox, Mailbox = mailbox, Create = false };
        }

        foreach (var mark in Marks(action.Seen, action.Flag, action.Spam, action.Delete))
        {
            yield return mark;
        }

        if (action.Targets is { Count: > 0 } targets)
        {
            yield return new ActionDraft { Kind = ActionKind.Forward, Value = string.Join(", ", targets) };
        }
    }

    private IEnumerable<ActionDraft> OfExtension(FilterActions actions)
    {
        if (actions.Mailbox is { } choice)
        {
            yield return new ActionDraft
            {
                Kind = ActionKind.Mailbox,
                Mailbox = mailboxes.FirstOrDefault(mailbox => mailbox.Path == choice.Path)?.Id ?? string.Empty,
                Value = choice.Path ?? string.Empty,
                Create = choice.Create ?? false,
            };
        }

        foreach (var mark in Marks(actions.Seen, actions.Flagged, actions.Spam, actions.Delete))
        {
            yield return mark;
        }

        foreach (var (kind, values) in new[]
        {
            (ActionKind.Keywords, actions.Keywords),
            (ActionKind.Forward, actions.Forward),
            (ActionKind.Redirect, actions.Redirect),
        })
        {
            if (values is { Count: > 0 })
            {
                yield return new ActionDraft { Kind = kind, Value = string.Join(", ", values) };
            }
        }

        if (actions.Reject is { } text)
        {
            yield return new ActionDraft { Kind = ActionKind.Reject, Value = text };
        }
    }

    private static IEnumerable<ActionDraft> Marks(bool? seen, bool? flagged, bool? spam, bool? delete)
    {
        foreach (var (mark, yes, no) in new[]
        {
            (seen, ActionKind.Seen, ActionKind.Unseen),
            (flagged, ActionKind.Flagged, ActionKind.Unflagged),
            (spam, ActionKind.Spam, ActionKind.NoSpam),
            (delete, ActionKind.Delete, ActionKind.Keep),
        })
        {
            if (mark is { } decided)
            {
                yield return new ActionDraft { Kind = decided ? yes : no };
            }
        }
    }
}
