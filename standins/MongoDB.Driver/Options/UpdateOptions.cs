using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of an update.</summary>
public class UpdateOptions
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
}

/// <summary>Options of an update.</summary>
/// <typeparam name="T">The type of the documents.</typeparam>
public sealed class UpdateOptions<T> : UpdateOptions
{
    /// <summary>Which of several matches is changed.</summary>
    public SortDefinition<T> Sort { get; set; }
}
