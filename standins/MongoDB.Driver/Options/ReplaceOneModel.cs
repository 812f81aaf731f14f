using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Replaces one document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class ReplaceOneModel<TDocument> : WriteModel<TDocument>
{
    /// <summary>Creates one.</summary>
    public ReplaceOneModel(FilterDefinition<TDocument> filter, TDocument replacement)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Filter = filter;
        Replacement = replacement;
    }

    /// <summary>Which documents.</summary>
    public FilterDefinition<TDocument> Filter { get; }

    /// <summary>The new document.</summary>
    public TDocument Replacement { get; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Whether a document is inserted when none matches.</summary>
    public bool IsUpsert { get; set; }

    /// <summary>Which of several matches is taken.</summary>
    public SortDefinition<TDocument> Sort { get; set; }

    /// <inheritdoc />
    public override WriteModelType ModelType => WriteModelType.ReplaceOne;
}
