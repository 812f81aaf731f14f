using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.FilterDefinition&lt;TDocument&gt;.</summary>
public abstract class FilterDefinition<TDocument>
{
    public static FilterDefinition<TDocument> Empty { get; } = new BsonDocumentFilterDefinition<TDocument>([]);

    internal abstract BsonDocument Render();

    public static implicit operator FilterDefinition<TDocument>(BsonDocument document) =>
        document is null ? null : new BsonDocumentFilterDefinition<TDocument>(document);

    public static implicit operator FilterDefinition<TDocument>(string json) =>
        json is null ? null : new BsonDocumentFilterDefinition<TDocument>(BsonDocument.Parse(json));

    public static FilterDefinition<TDocument> operator &(FilterDefinition<TDocument> left, FilterDefinition<TDocument> right) =>
        Builders<TDocument>.Filter.And(left, right);

    public static FilterDefinition<TDocument> operator |(FilterDefinition<TDocument> left, FilterDefinition<TDocument> right) =>
        Builders<TDocument>.Filter.Or(left, right);

    public static FilterDefinition<TDocument> operator !(FilterDefinition<TDocument> filter) => Builders<TDocument>.Filter.Not(filter);
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentFilterDefinition&lt;TDocument&gt;.</summary>
public sealed class BsonDocumentFilterDefinition<TDocument>(BsonDocument document) : FilterDefinition<TDocument>
{
    public BsonDocument Document { get; } = document;

    internal override BsonDocument Render() => Document;
}
