using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Deletes all matching documents.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class DeleteManyModel<TDocument> : WriteModel<TDocument>
{
    /// <summary>Creates one.</summary>
    public DeleteManyModel(FilterDefinition<TDocument> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Filter = filter;
    }

    /// <summary>Which documents.</summary>
    public FilterDefinition<TDocument> Filter { get; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <inheritdoc />
    public override WriteModelType ModelType => WriteModelType.DeleteMany;
}
