using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Which elements of an array are changed.</summary>
public abstract class ArrayFilterDefinition
{
    private protected ArrayFilterDefinition()
    {
    }

    internal abstract BsonDocument RenderDocument();
}

/// <summary>Which elements of an array are changed.</summary>
/// <typeparam name="TItem">The type of the elements.</typeparam>
public abstract class ArrayFilterDefinition<TItem> : ArrayFilterDefinition
{
    private protected ArrayFilterDefinition()
    {
    }

    /// <summary>A definition by a document.</summary>
    public static implicit operator ArrayFilterDefinition<TItem>(BsonDocument document) =>
        document is null ? null : new BsonDocumentArrayFilterDefinition<TItem>(document);

    /// <summary>A definition by the JSON text of a document.</summary>
    public static implicit operator ArrayFilterDefinition<TItem>(string json) =>
        json is null ? null : new BsonDocumentArrayFilterDefinition<TItem>(BsonDocument.Parse(json));
}

/// <summary>Which elements of an array are changed, by a document.</summary>
/// <typeparam name="TItem">The type of the elements.</typeparam>
public sealed class BsonDocumentArrayFilterDefinition<TItem> : ArrayFilterDefinition<TItem>
{
    /// <summary>Creates one.</summary>
    public BsonDocumentArrayFilterDefinition(BsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
    }

    /// <summary>The document.</summary>
    public BsonDocument Document { get; }

    internal override BsonDocument RenderDocument() => Document;
}
