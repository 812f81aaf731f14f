using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of a replacement.</summary>
public class ReplaceOptions
{
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
}

/// <summary>Options of a replacement.</summary>
/// <typeparam name="T">The type of the documents.</typeparam>
public sealed class ReplaceOptions<T> : ReplaceOptions
{
    /// <summary>Which of several matches is replaced.</summary>
    public SortDefinition<T> Sort { get; set; }
}
