using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>What all options of a query have in common.</summary>
public abstract class FindOptionsBase
{
    /// <summary>Whether the server may use its disk.</summary>
    public bool? AllowDiskUse { get; set; }

    /// <summary>Whether missing shards are no error.</summary>
    public bool? AllowPartialResults { get; set; }

    /// <summary>How many documents a batch has.</summary>
    public int? BatchSize { get; set; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>A comment for the server's log.</summary>
    public BsonValue Comment { get; set; }

    /// <summary>What happens at the end of the results.</summary>
    public CursorType CursorType { get; set; }

    /// <summary>The index to use: its name or keys.</summary>
    public BsonValue Hint { get; set; }

    /// <summary>Variables.</summary>
    public BsonDocument Let { get; set; }

    /// <summary>The upper bound of the index.</summary>
    public BsonDocument Max { get; set; }

    /// <summary>How long the server waits for more.</summary>
    public TimeSpan? MaxAwaitTime { get; set; }

    /// <summary>How long the server may take.</summary>
    public TimeSpan? MaxTime { get; set; }

    /// <summary>The lower bound of the index.</summary>
    public BsonDocument Min { get; set; }

    /// <summary>Whether the server keeps the cursor for ever.</summary>
    public bool? NoCursorTimeout { get; set; }

    /// <summary>Whether only keys are returned.</summary>
    public bool? ReturnKey { get; set; }

    /// <summary>Whether record ids are returned.</summary>
    public bool? ShowRecordId { get; set; }
}

/// <summary>Options of a query.</summary>
public class FindOptions : FindOptionsBase
{
}

/// <summary>Options of a query.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
/// <typeparam name="TProjection">The type of the results.</typeparam>
public class FindOptions<TDocument, TProjection> : FindOptionsBase
{
    /// <summary>How many documents at most.</summary>
    public int? Limit { get; set; }

    /// <summary>What is returned of each document.</summary>
    public ProjectionDefinition<TDocument, TProjection> Projection { get; set; }

    /// <summary>How many documents to leave out.</summary>
    public int? Skip { get; set; }

    /// <summary>The order.</summary>
    public SortDefinition<TDocument> Sort { get; set; }
}

/// <summary>Options of a query.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public class FindOptions<TDocument> : FindOptions<TDocument, TDocument>
{
}
