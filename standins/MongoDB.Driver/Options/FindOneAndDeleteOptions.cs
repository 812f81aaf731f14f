using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of finding a document to delete.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
/// <typeparam name="TProjection">The type of the results.</typeparam>
public class FindOneAndDeleteOptions<TDocument, TProjection>
{
    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Variables.</summary>
    public BsonDocument Let { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }

    /// <summary>What is returned of the document.</summary>
    public ProjectionDefinition<TDocument, TProjection> Projection { get; set; }

    /// <summary>Which of several matches is taken.</summary>
    public SortDefinition<TDocument> Sort { get; set; }
}

/// <summary>Options of finding a document to delete.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public class FindOneAndDeleteOptions<TDocument> : FindOneAndDeleteOptions<TDocument, TDocument>
{
}
