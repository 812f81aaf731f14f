using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Makes projections.</summary>
/// <typeparam name="TSource">The type of the documents.</typeparam>
public sealed class ProjectionDefinitionBuilder<TSource>
{
    /// <summary>With the field.</summary>
    public ProjectionDefinition<TSource> Include(FieldDefinition<TSource> field) => new BsonDocumentProjectionDefinition<TSource>(new BsonDocument(field.FieldName, 1));

    /// <summary>Without the field.</summary>
    public ProjectionDefinition<TSource> Exclude(FieldDefinition<TSource> field) => new BsonDocumentProjectionDefinition<TSource>(new BsonDocument(field.FieldName, 0));

    /// <summary>The first element of the array that fulfils the conditions.</summary>
    public ProjectionDefinition<TSource> ElemMatch<TItem>(FieldDefinition<TSource> field, FilterDefinition<TItem> filter) => new BsonDocumentProjectionDefinition<TSource>(new BsonDocument(field.FieldName, new BsonDocument("$elemMatch", filter.Render(RenderArgs<TItem>.Default))));

    /// <summary>Metadata of the document.</summary>
    public ProjectionDefinition<TSource> Meta(FieldDefinition<TSource> field, string metaFieldName) => new BsonDocumentProjectionDefinition<TSource>(new BsonDocument(field.FieldName, new BsonDocument("$meta", metaFieldName)));

    /// <summary>The score of a text search.</summary>
    public ProjectionDefinition<TSource> MetaTextScore(FieldDefinition<TSource> field) => new BsonDocumentProjectionDefinition<TSource>(new BsonDocument(field.FieldName, new BsonDocument("$meta", "textScore")));

    /// <summary>The first or last elements of the array.</summary>
    public ProjectionDefinition<TSource> Slice(FieldDefinition<TSource> field, int limit) => new BsonDocumentProjectionDefinition<TSource>(new BsonDocument(field.FieldName, new BsonDocument("$slice", limit)));

    /// <summary>Some elements of the array.</summary>
    public ProjectionDefinition<TSource> Slice(FieldDefinition<TSource> field, int skip, int limit) => new BsonDocumentProjectionDefinition<TSource>(new BsonDocument(field.FieldName, new BsonDocument("$slice", new BsonArray { skip, limit })));

    /// <summary>Several definitions as one.</summary>
    public ProjectionDefinition<TSource> Combine(params ProjectionDefinition<TSource>[] projections) => Combine((IEnumerable<ProjectionDefinition<TSource>>)projections);

    /// <summary>Several definitions as one.</summary>
    public ProjectionDefinition<TSource> Combine(IEnumerable<ProjectionDefinition<TSource>> projections)
    {
        var combined = new BsonDocument();
        foreach (var definition in projections)
        {
            foreach (var element in definition.Render(RenderArgs<TSource>.Default))
            {
                // The last definition of a field wins, and takes its place.
                combined.Remove(element.Name);
                combined.Add(element);
            }
        }

        return new BsonDocumentProjectionDefinition<TSource>(combined);
    }
}
