using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Planning;
using Lmtp.EmbeddedMongo.Query.Sorting;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary>A document that a query found.</summary>
/// <param name="Record">The engine's number of it.</param>
/// <param name="Bytes">Its BSON.</param>
/// <param name="ArrayIndex">The array index that the filter matched; -1 when none.</param>
internal readonly record struct FoundDocument(RecordId Record, ReadOnlyMemory<byte> Bytes, int ArrayIndex);

/// <summary>What a query asks for.</summary>
/// <param name="Filter">The filter document.</param>
/// <param name="Sort">The sort document; null for none.</param>
/// <param name="Hint">The index to use, by name or key; null for the planner's choice.</param>
/// <param name="Skip">How many documents are left out.</param>
/// <param name="Limit">How many documents at most; 0 for all.</param>
internal sealed record QueryRequest(
    BsonDocument Filter,
    BsonDocument? Sort = null,
    BsonValue? Hint = null,
    long Skip = 0,
    long Limit = 0);

/// <summary>A query that has been planned.</summary>
internal sealed class PreparedQuery
{
    private readonly CommandContext _context;
    private readonly SortPattern? _order;

    /// <summary>Plans a query.</summary>
    /// <param name="collection">The collection; null when there is none.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="filters">Compiles the filters of partial indexes.</param>
    /// <param name="context">The command.</param>
    /// <exception cref="CommandException">The query cannot be read, or its hint names no index.</exception>
    public PreparedQuery(Collection? collection, QueryRequest request, PartialFilterCache filters, CommandContext context)
    {
        Collection = collection;
        Request = request;
        Filter = FilterParser.Parse(request.Filter);
        _context = context;
        var natural = request.Sort is { ElementCount: 1 } sort ? sort.GetValue("$natural", null) : null;
        _order = natural is null ? SortPattern.Parse(request.Sort) : null;
        Plan = collection is null
            ? new EmptyPlan()
            : natural is not null && Numbers.IsNumber(natural)
                ? new CollectionScanPlan(Numbers.ToDouble(natural) >= 0)
                : new QueryPlanner(collection, filters).Plan(Filter, _order, IndexHint.Parse(collection, request.Hint));
    }

    /// <summary>The collection; null when there is none.</summary>
    public Collection? Collection { get; }

    /// <summary>What is asked for.</summary>
    public QueryRequest Request { get; }

    /// <summary>The filter.</summary>
    public Filter Filter { get; }

    /// <summary>How candidates are found.</summary>
    public QueryPlan Plan { get; }

    /// <summary>Whether the documents are sorted after they were found.</summary>
    public bool SortsInMemory => _order is not null && !Plan.IsSorted;

    /// <summary>What the query has looked at so far.</summary>
    public PlanStatistics Statistics { get; } = new();

    /// <summary>A state for testing documents against the filter.</summary>
    /// <returns>The state.</returns>
    public MatchState State() => QuerySource.State(Collection, _context);

    /// <summary>Runs the query.</summary>
    /// <returns>The documents, found while they are read.</returns>
    public IEnumerable<FoundDocument> Run()
    {
        var found = Matching();
        if (SortsInMemory)
        {
            found = found
                .Select(document => (Document: document, Key: _order!.Extract(document.Bytes.Span)))
                .OrderBy(pair => pair.Key, new WatchedOrder(_order!, _context.Budget))
                .Select(pair => pair.Document);
        }

        if (Request.Skip > 0)
        {
            found = found.Skip((int)Math.Min(int.MaxValue, Request.Skip));
        }

        return Request.Limit > 0 ? found.Take((int)Math.Min(int.MaxValue, Request.Limit)) : found;
    }

    /// <summary>Counts what the query finds, where an index alone can tell without reading the documents.</summary>
    /// <returns>How many documents there are.</returns>
    public long Count() =>
        Collection is not null && Request is { Skip: 0, Limit: 0 } && IndexOnlyCount.Of(Plan, Filter, _context.Budget) is { } count
            ? count
            : Run().LongCount();

    /// <summary>Counts what the query finds by the values of a field, where an index alone can tell.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The values, each with the number of its documents; null where the documents have to be read.</returns>
    public IEnumerable<(BsonValue Value, long Count)>? CountByValue(string field) =>
        Collection is not null && Request is { Skip: 0, Limit: 0 }
            ? IndexOnlyCount.ByValue(Plan, Filter, field, _context.Budget)
            : null;

    private IEnumerable<FoundDocument> Matching()
    {
        if (Collection is null)
        {
            yield break;
        }

        var state = State();
        foreach (var record in Plan.Candidates(Collection, Statistics))
        {
            Statistics.DocumentsExamined++;
            _context.Budget.Check();
            state.ArrayIndex = -1;
            if (Collection.TryRead(record, out var bytes) && Filter.Matches(bytes.Span, state))
            {
                yield return new FoundDocument(record, bytes, state.ArrayIndex);
            }
        }
    }
}

/// <summary>What queries over a collection share.</summary>
internal static class QuerySource
{
    /// <summary>The state that filters over a collection start with.</summary>
    /// <param name="collection">The collection; null when there is none.</param>
    /// <param name="context">The command.</param>
    /// <returns>The state.</returns>
    public static MatchState State(Collection? collection, CommandContext context) => new()
    {
        Now = context.Now,
        Variables = context.Variables,
        Budget = context.Budget,
        TextPaths = TextPaths(collection),
    };

    /// <summary>The paths of a collection's text index.</summary>
    /// <param name="collection">The collection; null when there is none.</param>
    /// <returns>The paths; empty when there is no text index.</returns>
    public static IReadOnlyList<string> TextPaths(Collection? collection)
    {
        var index = collection?.Indexes.FirstOrDefault(index => index.Definition.IsText);
        return index is null
            ? []
            : [.. index.Definition.Fields.Where(field => field.Kind == IndexFieldKind.Text).Select(field => field.Path.Text)];
    }
}
