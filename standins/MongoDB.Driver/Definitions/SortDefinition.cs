using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.SortDefinition&lt;TDocument&gt;.</summary>
public abstract class SortDefinition<TDocument>
{
    internal abstract BsonDocument Render();

    public static implicit operator SortDefinition<TDocument>(BsonDocument document) =>
        document is null ? null : new BsonDocumentSortDefinition<TDocument>(document);

    public static implicit operator SortDefinition<TDocument>(string json) =>
        json is null ? null : new BsonDocumentSortDefinition<TDocument>(BsonDocument.Parse(json));
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentSortDefinition&lt;TDocument&gt;.</summary>
public sealed class BsonDocumentSortDefinition<TDocument>(BsonDocument document) : SortDefinition<TDocument>
{
    public BsonDocument Document { get; } = document;

    internal override BsonDocument Render() => Document;
}

/// <summary>Mirrors MongoDB.Driver.SortDefinitionBuilder&lt;TDocument&gt;.</summary>
public sealed class SortDefinitionBuilder<TDocument>
{
    internal SortDefinitionBuilder()
    {
    }

    public SortDefinition<TDocument> Ascending(FieldDefinition<TDocument> field) => new BsonDocument(field.Name, 1);

    public SortDefinition<TDocument> Combine(params SortDefinition<TDocument>[] sorts) => Combine((IEnumerable<SortDefinition<TDocument>>)sorts);

    public SortDefinition<TDocument> Combine(IEnumerable<SortDefinition<TDocument>> sorts)
    {
        var combined = new BsonDocument();
        foreach (var element in sorts.SelectMany(sort => sort.Render()))
        {
            combined.Remove(element.Name);
            combined.Add(element);
        }

        return combined;
    }

    public SortDefinition<TDocument> Descending(FieldDefinition<TDocument> field) => new BsonDocument(field.Name, -1);

    public SortDefinition<TDocument> MetaTextScore(string field) => new BsonDocument(field, new BsonDocument("$meta", "textScore"));
}

/// <summary>Mirrors MongoDB.Driver.SortDefinitionExtensions.</summary>
public static class SortDefinitionExtensions
{
    public static SortDefinition<TDocument> Ascending<TDocument>(this SortDefinition<TDocument> sort, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Sort.Combine(sort, Builders<TDocument>.Sort.Ascending(field));

    public static SortDefinition<TDocument> Descending<TDocument>(this SortDefinition<TDocument> sort, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Sort.Combine(sort, Builders<TDocument>.Sort.Descending(field));
}
