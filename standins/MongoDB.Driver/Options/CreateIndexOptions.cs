using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Options of an index.</summary>
public class CreateIndexOptions
{
    /// <summary>No effect since MongoDB 4.2.</summary>
    public bool? Background { get; set; }

    /// <summary>The rules for comparing strings.</summary>
    public Collation Collation { get; set; }

    /// <summary>The language of a text index.</summary>
    public string DefaultLanguage { get; set; }

    /// <summary>How long after the date in the field documents are deleted.</summary>
    public TimeSpan? ExpireAfter { get; set; }

    /// <summary>Whether queries do not use it.</summary>
    public bool? Hidden { get; set; }

    /// <summary>The field that names the language.</summary>
    public string LanguageOverride { get; set; }

    /// <summary>The name; made from the keys by default.</summary>
    public string Name { get; set; }

    /// <summary>Whether documents without the fields are left out.</summary>
    public bool? Sparse { get; set; }

    /// <summary>Options of the storage engine.</summary>
    public BsonDocument StorageEngine { get; set; }

    /// <summary>The version of a text index.</summary>
    public int? TextIndexVersion { get; set; }

    /// <summary>Whether two documents must differ.</summary>
    public bool? Unique { get; set; }

    /// <summary>The version of the index.</summary>
    public int? Version { get; set; }

    /// <summary>The weights of the fields of a text index.</summary>
    public BsonDocument Weights { get; set; }
}

/// <summary>Options of an index.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public class CreateIndexOptions<TDocument> : CreateIndexOptions
{
    /// <summary>Which documents are indexed.</summary>
    public FilterDefinition<TDocument> PartialFilterExpression { get; set; }

    /// <summary>Which fields a wildcard index has.</summary>
    public ProjectionDefinition<TDocument> WildcardProjection { get; set; }

    internal static CreateIndexOptions<TDocument> CoercedFrom(CreateIndexOptions options) => options switch
    {
        null => null,
        CreateIndexOptions<TDocument> typed => typed,
        _ => new CreateIndexOptions<TDocument>
        {
            Background = options.Background,
            Collation = options.Collation,
            DefaultLanguage = options.DefaultLanguage,
            ExpireAfter = options.ExpireAfter,
            Hidden = options.Hidden,
            LanguageOverride = options.LanguageOverride,
            Name = options.Name,
            Sparse = options.Sparse,
            StorageEngine = options.StorageEngine,
            TextIndexVersion = options.TextIndexVersion,
            Unique = options.Unique,
            Version = options.Version,
            Weights = options.Weights,
        },
    };
}
