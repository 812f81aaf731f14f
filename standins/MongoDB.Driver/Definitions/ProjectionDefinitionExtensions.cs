namespace MongoDB.Driver;

/// <summary>Appends to a definition.</summary>
public static class ProjectionDefinitionExtensions
{
    /// <summary>With the field.</summary>
    public static ProjectionDefinition<TSource> Include<TSource>(this ProjectionDefinition<TSource> definition, FieldDefinition<TSource> field) =>
        Builders<TSource>.Projection.Combine(definition, Builders<TSource>.Projection.Include(field));

    /// <summary>Without the field.</summary>
    public static ProjectionDefinition<TSource> Exclude<TSource>(this ProjectionDefinition<TSource> definition, FieldDefinition<TSource> field) =>
        Builders<TSource>.Projection.Combine(definition, Builders<TSource>.Projection.Exclude(field));

    /// <summary>The first element of the array that fulfils the conditions.</summary>
    public static ProjectionDefinition<TSource> ElemMatch<TSource, TItem>(this ProjectionDefinition<TSource> definition, FieldDefinition<TSource> field, FilterDefinition<TItem> filter) =>
        Builders<TSource>.Projection.Combine(definition, Builders<TSource>.Projection.ElemMatch(field, filter));

    /// <summary>Metadata of the document.</summary>
    public static ProjectionDefinition<TSource> Meta<TSource>(this ProjectionDefinition<TSource> definition, FieldDefinition<TSource> field, string metaFieldName) =>
        Builders<TSource>.Projection.Combine(definition, Builders<TSource>.Projection.Meta(field, metaFieldName));

    /// <summary>The score of a text search.</summary>
    public static ProjectionDefinition<TSource> MetaTextScore<TSource>(this ProjectionDefinition<TSource> definition, FieldDefinition<TSource> field) =>
        Builders<TSource>.Projection.Combine(definition, Builders<TSource>.Projection.MetaTextScore(field));

    /// <summary>The first or last elements of the array.</summary>
    public static ProjectionDefinition<TSource> Slice<TSource>(this ProjectionDefinition<TSource> definition, FieldDefinition<TSource> field, int limit) =>
        Builders<TSource>.Projection.Combine(definition, Builders<TSource>.Projection.Slice(field, limit));

    /// <summary>Some elements of the array.</summary>
    public static ProjectionDefinition<TSource> Slice<TSource>(this ProjectionDefinition<TSource> definition, FieldDefinition<TSource> field, int skip, int limit) =>
        Builders<TSource>.Projection.Combine(definition, Builders<TSource>.Projection.Slice(field, skip, limit));
}
