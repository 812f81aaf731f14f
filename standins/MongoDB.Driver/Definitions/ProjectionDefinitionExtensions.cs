namespace MongoDB.Driver;

/// <summary>Appends to a definition.</summary>
public static class ProjectionDefinitionExtensions
{
    /// <summary>With the field.</summary>
    public static ProjectionDefinition<TDocument> Include<TDocument>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.Include(field));

    /// <summary>Without the field.</summary>
    public static ProjectionDefinition<TDocument> Exclude<TDocument>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.Exclude(field));

    /// <summary>The first element of the array that fulfils the conditions.</summary>
    public static ProjectionDefinition<TDocument> ElemMatch<TDocument, TItem>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field, FilterDefinition<TItem> filter) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.ElemMatch(field, filter));

    /// <summary>Metadata of the document.</summary>
    public static ProjectionDefinition<TDocument> Meta<TDocument>(this ProjectionDefinition<TDocument> projection, string field, string metaFieldName) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.Meta(field, metaFieldName));

    /// <summary>The score of a text search.</summary>
    public static ProjectionDefinition<TDocument> MetaTextScore<TDocument>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.MetaTextScore(field));

    /// <summary>The first or last elements of the array.</summary>
    public static ProjectionDefinition<TDocument> Slice<TDocument>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field, int limit) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.Slice(field, limit));

    /// <summary>Some elements of the array.</summary>
    public static ProjectionDefinition<TDocument> Slice<TDocument>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field, int skip, int limit) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.Slice(field, skip, limit));
}
