using System.Collections.Concurrent;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>Keeps the compiled filters of partial indexes, which never change.</summary>
internal sealed class PartialFilterCache
{
    private readonly ConcurrentDictionary<string, Filter> _filters = new(StringComparer.Ordinal);

    /// <summary>The compiled filter.</summary>
    /// <param name="filter">The filter's BSON.</param>
    /// <returns>The filter.</returns>
    public Filter Get(ReadOnlyMemory<byte> filter) =>
        _filters.GetOrAdd(Convert.ToBase64String(filter.Span), _ => FilterParser.Parse(RawDocument.Decode(filter.Span)));

    /// <summary>The filter as the storage engine asks it.</summary>
    /// <param name="filter">The filter's BSON.</param>
    /// <returns>Tells whether a document belongs to the index.</returns>
    public Func<ReadOnlyMemory<byte>, bool> Compile(ReadOnlyMemory<byte> filter)
    {
        var compiled = Get(filter);
        return document => compiled.Matches(document.Span, new MatchState());
    }
}
