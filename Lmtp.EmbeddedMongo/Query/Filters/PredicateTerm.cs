namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>What one operator asks of a path: conditions, all of which must hold, or the opposite of that.</summary>
internal sealed class PredicateTerm
{
    private readonly IReadOnlyList<ValuePredicate> _conditions;
    private readonly IReadOnlyList<PredicateTerm> _terms;
    private readonly bool _isNegated;

    /// <summary>Asks for conditions on values.</summary>
    /// <param name="conditions">The conditions; each may hold for another array element.</param>
    /// <param name="isNegated">Whether they must not hold together.</param>
    public PredicateTerm(IReadOnlyList<ValuePredicate> conditions, bool isNegated = false)
    {
        _conditions = conditions;
        _terms = [];
        _isNegated = isNegated;
    }

    /// <summary>Denies other terms, as <c>$not</c> does.</summary>
    /// <param name="terms">The terms that must not hold together.</param>
    public PredicateTerm(IReadOnlyList<PredicateTerm> terms)
    {
        _conditions = [];
        _terms = terms;
        _isNegated = true;
    }

    /// <summary>The term as filters on a path, all of which must hold.</summary>
    /// <param name="path">The dotted path.</param>
    /// <returns>The filters.</returns>
    public IEnumerable<Filter> ToFilters(string path)
    {
        var filters = _conditions
            .Select(condition => (Filter)new PathFilter(path, condition))
            .Concat(_terms.SelectMany(term => term.ToFilters(path)))
            .ToList();
        return _isNegated ? [new NotFilter(FilterParser.Conjunction(filters))] : filters;
    }

    /// <summary>The term as a condition on one value.</summary>
    /// <returns>The condition.</returns>
    public ValuePredicate ToPredicate()
    {
        var predicate = FilterParser.Combine(_conditions.Concat(_terms.Select(term => term.ToPredicate())));
        return _isNegated ? new NotPredicate(predicate) : predicate;
    }
}
