using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of finding a document to update.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
/// <typeparam name="TProjection">The type of the results.</typeparam>
public class FindOneAndUpdateOptions<TDocument, TProjection>
{
    /// <summary>Which elements of arrays are changed.</summary>
    public IEnumerable<ArrayFilterDefinition> ArrayFilters { get; set; }

    /// <summary>Whether validation is left out.</summary>
    public bool? BypassDocumentValidation { get; set; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Whether a document is inserted when none matches.</summary>
    public bool IsUpsert { get; set; }

    /// <summary>Variables.</summary>
    public BsonDocument Let { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }

    /// <summary>What is returned of the document.</summary>
    public ProjectionDefinition<TDocument, TProjection> Projection { get; set; }

    /// <summary>Which of several matches is taken.</summary>
    public SortDefinition<TDocument> Sort { get; set; }

    /// <summary>Whether the document is returned as it was or as it is.</summary>
    public ReturnDocument ReturnDocument { get; set; }
}

/// <summary>Options of finding a document to update.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public class FindOneAndUpdateOptions<TDocument> : FindOneAndUpdateOptions<TDocument, TDocument>
{
}
