using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.ProjectionDefinition&lt;TSource&gt;.</summary>
public abstract class ProjectionDefinition<TSource>
{
    internal abstract BsonDocument Render();

    public static implicit operator ProjectionDefinition<TSource>(BsonDocument document) =>
        document is null ? null : new BsonDocumentProjectionDefinition<TSource>(document);

    public static implicit operator ProjectionDefinition<TSource>(string json) =>
        json is null ? null : new BsonDocumentProjectionDefinition<TSource>(BsonDocument.Parse(json));
}

/// <summary>Mirrors MongoDB.Driver.ProjectionDefinition&lt;TSource, TProjection&gt;.</summary>
public abstract class ProjectionDefinition<TSource, TProjection>
{
    internal abstract BsonDocument Render();

    public static implicit operator ProjectionDefinition<TSource, TProjection>(BsonDocument document) =>
        document is null ? null : new BsonDocumentProjectionDefinition<TSource, TProjection>(document);

    public static implicit operator ProjectionDefinition<TSource, TProjection>(string json) =>
        json is null ? null : new BsonDocumentProjectionDefinition<TSource, TProjection>(BsonDocument.Parse(json));

    public static implicit operator ProjectionDefinition<TSource, TProjection>(ProjectionDefinition<TSource> projection) =>
        projection is null ? null : new BsonDocumentProjectionDefinition<TSource, TProjection>(projection.Render());
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentProjectionDefinition&lt;TSource&gt;.</summary>
public sealed class BsonDocumentProjectionDefinition<TSource>(BsonDocument document) : ProjectionDefinition<TSource>
{
    public BsonDocument Document { get; } = document;

    internal override BsonDocument Render() => Document;
}

/// <summary>Mirrors MongoDB.Driver.BsonDocumentProjectionDefinition&lt;TSource, TProjection&gt;.</summary>
public sealed class BsonDocumentProjectionDefinition<TSource, TProjection>(BsonDocument document) : ProjectionDefinition<TSource, TProjection>
{
    public BsonDocument Document { get; } = document;

    internal override BsonDocument Render() => Document;
}

/// <summary>Mirrors MongoDB.Driver.ProjectionDefinitionBuilder&lt;TSource&gt;.</summary>
public sealed class ProjectionDefinitionBuilder<TSource>
{
    internal ProjectionDefinitionBuilder()
    {
    }

    public ProjectionDefinition<TSource> Combine(params ProjectionDefinition<TSource>[] projections) =>
        Combine((IEnumerable<ProjectionDefinition<TSource>>)projections);

    public ProjectionDefinition<TSource> Combine(IEnumerable<ProjectionDefinition<TSource>> projections)
    {
        var combined = new BsonDocument();
        foreach (var element in projections.SelectMany(projection => projection.Render()))
        {
            combined.Remove(element.Name);
            combined.Add(element);
        }

        return combined;
    }

    public ProjectionDefinition<TSource> ElemMatch<TItem>(FieldDefinition<TSource> field, FilterDefinition<TItem> filter) =>
        new BsonDocument(field.Name, new BsonDocument("$elemMatch", filter.Render()));

    public ProjectionDefinition<TSource> Exclude(FieldDefinition<TSource> field) => new BsonDocument(field.Name, 0);

    public ProjectionDefinition<TSource> Include(FieldDefinition<TSource> field) => new BsonDocument(field.Name, 1);

    public ProjectionDefinition<TSource> MetaTextScore(string field) => new BsonDocument(field, new BsonDocument("$meta", "textScore"));

    public ProjectionDefinition<TSource> Slice(FieldDefinition<TSource> field, int skip, int? limit = null) =>
        new BsonDocument(field.Name, new BsonDocument("$slice", limit is null ? skip : new BsonArray { skip, limit.Value }));
}

/// <summary>Mirrors MongoDB.Driver.ProjectionDefinitionExtensions.</summary>
public static class ProjectionDefinitionExtensions
{
    public static ProjectionDefinition<TDocument> Exclude<TDocument>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.Exclude(field));

    public static ProjectionDefinition<TDocument> Include<TDocument>(this ProjectionDefinition<TDocument> projection, FieldDefinition<TDocument> field) =>
        Builders<TDocument>.Projection.Combine(projection, Builders<TDocument>.Projection.Include(field));
}
