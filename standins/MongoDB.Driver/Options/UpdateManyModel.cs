using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Changes all matching documents.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class UpdateManyModel<TDocument> : WriteModel<TDocument>
{
    /// <summary>Creates one.</summary>
    public UpdateManyModel(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(update);
        Filter = filter;
        Update = update;
    }

    /// <summary>Which documents.</summary>
    public FilterDefinition<TDocument> Filter { get; }

    /// <summary>The change.</summary>
    public UpdateDefinition<TDocument> Update { get; }

    /// <summary>Which elements of arrays are changed.</summary>
    public IEnumerable<ArrayFilterDefinition> ArrayFilters { get; set; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Whether a document is inserted when none matches.</summary>
    public bool IsUpsert { get; set; }

    /// <inheritdoc />
    public override WriteModelType ModelType => WriteModelType.UpdateMany;
}
