using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Makes orders.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class SortDefinitionBuilder<TDocument>
{
    /// <summary>Rising.</summary>
    public SortDefinition<TDocument> Ascending(FieldDefinition<TDocument> field) => new BsonDocumentSortDefinition<TDocument>(new BsonDocument(field.FieldName, 1));

    /// <summary>Falling.</summary>
    public SortDefinition<TDocument> Descending(FieldDefinition<TDocument> field) => new BsonDocumentSortDefinition<TDocument>(new BsonDocument(field.FieldName, -1));

    /// <summary>By the score of a text search.</summary>
    public SortDefinition<TDocument> MetaTextScore(string field) => new BsonDocumentSortDefinition<TDocument>(new BsonDocument(field, new BsonDocument("$meta", "textScore")));

    /// <summary>Several definitions as one.</summary>
    public SortDefinition<TDocument> Combine(params SortDefinition<TDocument>[] sorts) => Combine((IEnumerable<SortDefinition<TDocument>>)sorts);

    /// <summary>Several definitions as one.</summary>
    public SortDefinition<TDocument> Combine(IEnumerable<SortDefinition<TDocument>> sorts)
    {
        var combined = new BsonDocument();
        foreach (var definition in sorts)
        {
            foreach (var element in definition.Render(RenderArgs<TDocument>.Default))
            {
                // The last definition of a field wins, and takes its place.
                combined.Remove(element.Name);
                combined.Add(element);
            }
        }

        return new BsonDocumentSortDefinition<TDocument>(combined);
    }
}
