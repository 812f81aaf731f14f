namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>A compiled filter, which is asked about stored documents as they lie on disk.</summary>
internal abstract class Filter
{
    /// <summary>Whether a document fits.</summary>
    /// <param name="document">The document's BSON.</param>
    /// <param name="state">What the filter needs beside the document, and what it finds out.</param>
    /// <returns>True when the document fits.</returns>
    public abstract bool Matches(ReadOnlySpan<byte> document, MatchState state);
}

/// <summary>All of several filters.</summary>
/// <param name="filters">The filters; none means every document.</param>
internal sealed class AndFilter(IReadOnlyList<Filter> filters) : Filter
{
    /// <summary>The filters.</summary>
    public IReadOnlyList<Filter> Filters => filters;

    /// <inheritdoc />
    public override bool Matches(ReadOnlySpan<byte> document, MatchState state)
    {
        foreach (var filter in filters)
        {
            if (!filter.Matches(document, state))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Any of several filters.</summary>
/// <param name="filters">The filters.</param>
internal sealed class OrFilter(IReadOnlyList<Filter> filters) : Filter
{
    /// <summary>The filters.</summary>
    public IReadOnlyList<Filter> Filters => filters;

    /// <inheritdoc />
    public override bool Matches(ReadOnlySpan<byte> document, MatchState state)
    {
        foreach (var filter in filters)
        {
            if (filter.Matches(document, state))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The opposite of a filter.</summary>
/// <param name="filter">The filter.</param>
internal sealed class NotFilter(Filter filter) : Filter
{
    /// <summary>The filter.</summary>
    public Filter Inner => filter;

    /// <inheritdoc />
    public override bool Matches(ReadOnlySpan<byte> document, MatchState state)
    {
        var index = state.ArrayIndex;
        var matches = filter.Matches(document, state);
        state.ArrayIndex = index;
        return !matches;
    }
}
