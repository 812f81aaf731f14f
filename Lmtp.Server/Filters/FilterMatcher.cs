using Lmtp.Server.Filters.Conditions;

namespace Lmtp.Server.Filters;

/// <summary>
/// Whether a message meets the conditions of a filter: all those of its query, by WildDuck's rules, and all or one of
/// those of its extension.
/// </summary>
internal static class FilterMatcher
{
    /// <summary>Looks at the conditions of one filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="message">The message.</param>
    /// <param name="isThorough">Whether costly conditions are looked at also where they decide nothing any more.</param>
    public static FilterTrace Match(UserFilter filter, FilterMessage message, bool isThorough)
    {
        if (filter.Faults.Count > 0)
        {
            return new FilterTrace(filter, FilterResult.Faulty, []);
        }

        var outcomes = new List<ConditionOutcome>();
        var applies = All(QueryConditions.Of(filter.Query), true);
        if (filter.Extension is { } extension)
        {
            applies = extension.Match == FilterMatch.All || extension.Conditions.Count == 0
                ? All(extension.Conditions, applies)
                : Any(extension.Conditions, applies);
        }

        return new FilterTrace(filter, applies ? FilterResult.Applied : FilterResult.NotApplied, outcomes);

        bool All(IReadOnlyList<FilterTest> tests, bool holds)
        {
            foreach (var test in tests)
            {
                holds = Evaluate(test, isDecided: !holds) is not false && holds;
            }

            return holds;
        }

        bool Any(IReadOnlyList<FilterTest> tests, bool mayHold)
        {
            var holds = false;
            foreach (var test in tests)
            {
                holds = Evaluate(test, isDecided: holds || !mayHold) is true || holds;
            }

            return mayHold && holds;
        }

        bool? Evaluate(FilterTest test, bool isDecided)
        {
            var outcome = isDecided && test.IsCostly && !isThorough ? test.Skip() : test.Evaluate(message);
            outcomes.Add(outcome);
            return outcome.IsMet;
        }
    }
}
