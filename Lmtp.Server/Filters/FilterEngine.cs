namespace Lmtp.Server.Filters;

/// <summary>
/// Decides what becomes of a message, by WildDuck's rules: every filter is looked at, of each action the first filter
/// that has it counts, targets add up. Specification sections 7.2 to 7.4. Beyond WildDuck, filters may have a place in
/// the list and end it.
/// </summary>
public static class FilterEngine
{
    private const double EverythingIsSpam = 0;
    private const double NothingIsSpam = 100;

    /// <summary>Decides. Depends on nothing but its argument.</summary>
    public static FilterDecision Decide(FilterInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var merged = new MergedActions();
        if (input.DomainAccess is { } rule)
        {
            merged.DecideSpam(rule.IsBlocked, SpamSource.DomainAccess, null);
        }

        var trace = Apply(input, merged);
        if (merged.HasMailbox)
        {
            merged.ForgetSpam();
        }
        else if (input.SpamLevel is >= EverythingIsSpam and var level)
        {
            ApplySpamLevel(merged, level, input.SpamScore);
        }

        return new FilterDecision
        {
            DomainAccess = input.DomainAccess,
            Trace = trace,
            Reject = merged.Reject,
            IsDeleted = merged.Delete ?? false,
            IsRedirected = merged.IsRedirect,
            Mailbox = merged.Mailbox,
            MailboxPath = merged.MailboxPath,
            IsSpam = merged.Spam,
            SpamSource = merged.SpamSource,
            SpamScore = input.SpamScore,
            Flags = merged.Flags(),
            Targets = merged.Targets(),
            ClassificationFields = SpamClassification.Fields(
                merged.Spam ?? false, merged.SpamSource, input.DomainAccess, merged.SpamFilter),
        };
    }

    private static List<FilterTrace> Apply(FilterInput input, MergedActions merged)
    {
        var trace = new List<FilterTrace>(input.Filters.Count);
        var isStopped = false;
        var conditions = 0L;
        foreach (var filter in input.Filters.OrderBy(filter => filter.Extension?.Order ?? 0))
        {
            conditions += filter.ConditionCount;
            if (isStopped || trace.Count >= input.MaxFilters || conditions > input.MaxConditions)
            {
                trace.Add(new FilterTrace(filter, isStopped ? FilterResult.Skipped : FilterResult.OverLimit, []));
                continue;
            }

            var outcome = FilterMatcher.Match(filter, input.Message, input.IsThorough);
            trace.Add(outcome);
            if (outcome.Applied)
            {
                merged.Add(filter);
                isStopped = filter.Extension?.Action.Stop ?? false;
            }
        }

        return trace;
    }

    private static void ApplySpamLevel(MergedActions merged, double level, int score)
    {
        if (merged.Spam is not null)
        {
            return;
        }

        if (level == NothingIsSpam)
        {
            merged.DecideSpam(false, SpamSource.SpamLevel, null);
        }
        else if (level == EverythingIsSpam || score >= level)
        {
            merged.DecideSpam(true, SpamSource.SpamLevel, null);
        }
    }
}
