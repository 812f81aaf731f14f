using System.Globalization;
using Lmtp.Contracts;

namespace Lmtp.Admin.Filters;

/// <summary>The words of filters: choices, and a whole filter as a sentence.</summary>
internal static class FilterText
{
    /// <summary>What a condition looks at.</summary>
    public static string Kind(ConditionKind kind) => Word($"FilterLooksAt_{kind}");

    /// <summary>What a filter does.</summary>
    public static string Kind(ActionKind kind) => Word($"FilterDoes_{kind}");

    /// <summary>How a condition of a kind compares.</summary>
    public static string Operator(ConditionKind kind, string op, bool isNegated)
    {
        var form = FilterChoices.FormOf(kind) is ConditionForm.Range ? "" : $"_{FilterChoices.FormOf(kind)}";
        return Word($"FilterOp{form}_{op}{(isNegated ? "_not" : null)}");
    }

    /// <summary>A day of the week.</summary>
    public static string Weekday(string day) =>
        CultureInfo.CurrentCulture.DateTimeFormat.AbbreviatedDayNames[(FilterChoices.Weekdays.ToList().IndexOf(day) + 1) % 7];

    /// <summary>The filter as a sentence.</summary>
    public static string Sentence(FilterDraft draft, IReadOnlyList<MailboxResponse> mailboxes)
    {
        var conditions = draft.Conditions.Where(condition => !condition.IsBesides).Select(Describe).ToList();
        var besides = draft.Conditions.Where(condition => condition.IsBesides).Select(Describe).ToList();
        var holds = string.Join(draft.IsAny ? Resources.Texts.FilterOr : Resources.Texts.FilterAnd, conditions);
        var condition = besides.Count == 0 ? holds : string.Join(Resources.Texts.FilterAnd, besides.Append(conditions.Count > 1 ? $"({holds})" : holds));
        List<string> actions = [.. draft.Actions.Select(action => Describe(action, mailboxes))];
        if (draft.Stop)
        {
            actions.Add(Resources.Texts.FilterThenStop);
        }

        var then = actions.Count == 0 ? Resources.Texts.FilterDoesNothing : string.Join(", ", actions);
        return condition.Length == 0
            ? $"{Resources.Texts.FilterEveryMessage}: {then}"
            : $"{Resources.Texts.FilterIf} {condition}: {then}";
    }

    private static string Describe(ConditionDraft condition)
    {
        var what = condition.Kind == ConditionKind.Header ? condition.Name : Kind(condition.Kind);
        return $"{what} {Operator(condition.Kind, condition.Op, condition.IsNegated)} {Value(condition)}".Trim();
    }

    private static string Value(ConditionDraft condition) => condition.Form switch
    {
        ConditionForm.Text when condition.Op == "exists" => string.Empty,
        ConditionForm.Text or ConditionForm.Words => $"“{condition.Value}”",
        ConditionForm.Range => Limits(condition.Op, Number(condition.Min, condition), Number(condition.Max, condition)),
        ConditionForm.Days => Limits(condition.Op, Day(condition.From), Day(condition.To)),
        ConditionForm.Weekdays => string.Join(", ", FilterChoices.Weekdays.Where(condition.Days.Contains).Select(Weekday)),
        _ => string.Empty,
    };

    private static string Limits(string op, string from, string to) => op switch
    {
        "min" => from,
        "max" => to,
        _ => $"{from} – {to}",
    };

    private static string Number(double? value, ConditionDraft condition)
    {
        var number = value?.ToString("0.##", CultureInfo.CurrentCulture) ?? "…";
        return condition.Kind == ConditionKind.Size
            ? $"{number}\u00a0{FilterChoices.Units.First(unit => unit.Bytes == condition.Unit).Name}"
            : number;
    }

    private static string Day(DateOnly? day) => day?.ToString("d", CultureInfo.CurrentCulture) ?? "…";

    private static string Describe(ActionDraft action, IReadOnlyList<MailboxResponse> mailboxes) => action.Kind switch
    {
        ActionKind.Mailbox => $"{Kind(action.Kind)} “{mailboxes.FirstOrDefault(mailbox => mailbox.Id == action.Mailbox)?.Path ?? action.Value}”",
        ActionKind.Keywords or ActionKind.Forward or ActionKind.Redirect => $"{Kind(action.Kind)} {string.Join(", ", action.Values)}",
        ActionKind.Reject => $"{Kind(action.Kind)} “{action.Value}”",
        _ => Kind(action.Kind),
    };

    private static string Word(string name) => Resources.Texts.ResourceManager.GetString(name, CultureInfo.CurrentUICulture) ?? name;
}
