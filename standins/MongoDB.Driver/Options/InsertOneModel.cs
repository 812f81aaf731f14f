namespace MongoDB.Driver;

/// <summary>Inserts a document.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class InsertOneModel<TDocument> : WriteModel<TDocument>
{
    /// <summary>Creates one.</summary>
    public InsertOneModel(TDocument document)
    {
        Document = document;
    }

    /// <summary>The document.</summary>
    public TDocument Document { get; }

    /// <inheritdoc />
    public override WriteModelType ModelType => WriteModelType.InsertOne;
}
