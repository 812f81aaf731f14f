using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.ReturnDocument.</summary>
public enum ReturnDocument
{
    Before,
    After,
}

/// <summary>Mirrors MongoDB.Driver.FindOptionsBase.</summary>
public abstract class FindOptionsBase
{
    public bool? AllowDiskUse { get; set; }

    public int? BatchSize { get; set; }

    public BsonValue Comment { get; set; }

    public BsonValue Hint { get; set; }

    public TimeSpan? MaxTime { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.FindOptions.</summary>
public class FindOptions : FindOptionsBase;

/// <summary>Mirrors MongoDB.Driver.FindOptions&lt;TDocument, TProjection&gt;.</summary>
public class FindOptions<TDocument, TProjection> : FindOptionsBase
{
    public int? Limit { get; set; }

    public ProjectionDefinition<TDocument, TProjection> Projection { get; set; }

    public int? Skip { get; set; }

    public SortDefinition<TDocument> Sort { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.FindOptions&lt;TDocument&gt;.</summary>
public class FindOptions<TDocument> : FindOptions<TDocument, TDocument>;

/// <summary>Mirrors MongoDB.Driver.FindOneAndUpdateOptions&lt;TDocument, TProjection&gt;.</summary>
public class FindOneAndUpdateOptions<TDocument, TProjection>
{
    public BsonValue Hint { get; set; }

    public bool IsUpsert { get; set; }

    public TimeSpan? MaxTime { get; set; }

    public ProjectionDefinition<TDocument, TProjection> Projection { get; set; }

    public ReturnDocument ReturnDocument { get; set; }

    public SortDefinition<TDocument> Sort { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.FindOneAndUpdateOptions&lt;TDocument&gt;.</summary>
public class FindOneAndUpdateOptions<TDocument> : FindOneAndUpdateOptions<TDocument, TDocument>;

/// <summary>Mirrors MongoDB.Driver.FindOneAndReplaceOptions&lt;TDocument, TProjection&gt;.</summary>
public class FindOneAndReplaceOptions<TDocument, TProjection>
{
    public BsonValue Hint { get; set; }

    public bool IsUpsert { get; set; }

    public TimeSpan? MaxTime { get; set; }

    public ProjectionDefinition<TDocument, TProjection> Projection { get; set; }

    public ReturnDocument ReturnDocument { get; set; }

    public SortDefinition<TDocument> Sort { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.FindOneAndReplaceOptions&lt;TDocument&gt;.</summary>
public class FindOneAndReplaceOptions<TDocument> : FindOneAndReplaceOptions<TDocument, TDocument>;

/// <summary>Mirrors MongoDB.Driver.FindOneAndDeleteOptions&lt;TDocument, TProjection&gt;.</summary>
public class FindOneAndDeleteOptions<TDocument, TProjection>
{
    public BsonValue Hint { get; set; }

    public TimeSpan? MaxTime { get; set; }

    public ProjectionDefinition<TDocument, TProjection> Projection { get; set; }

    public SortDefinition<TDocument> Sort { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.FindOneAndDeleteOptions&lt;TDocument&gt;.</summary>
public class FindOneAndDeleteOptions<TDocument> : FindOneAndDeleteOptions<TDocument, TDocument>;

/// <summary>Mirrors MongoDB.Driver.UpdateOptions.</summary>
public class UpdateOptions
{
    public BsonValue Comment { get; set; }

    public BsonValue Hint { get; set; }

    public bool IsUpsert { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.ReplaceOptions.</summary>
public sealed class ReplaceOptions
{
    public BsonValue Comment { get; set; }

    public BsonValue Hint { get; set; }

    public bool IsUpsert { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.DeleteOptions.</summary>
public class DeleteOptions
{
    public BsonValue Comment { get; set; }

    public BsonValue Hint { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.InsertOneOptions.</summary>
public sealed class InsertOneOptions
{
    public BsonValue Comment { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.InsertManyOptions.</summary>
public sealed class InsertManyOptions
{
    public BsonValue Comment { get; set; }

    public bool IsOrdered { get; set; } = true;
}

/// <summary>Mirrors MongoDB.Driver.BulkWriteOptions.</summary>
public sealed class BulkWriteOptions
{
    public BsonValue Comment { get; set; }

    public bool IsOrdered { get; set; } = true;
}

/// <summary>Mirrors MongoDB.Driver.CountOptions.</summary>
public sealed class CountOptions
{
    public BsonValue Hint { get; set; }

    public long? Limit { get; set; }

    public TimeSpan? MaxTime { get; set; }

    public long? Skip { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.EstimatedDocumentCountOptions.</summary>
public sealed class EstimatedDocumentCountOptions
{
    public TimeSpan? MaxTime { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.DistinctOptions.</summary>
public sealed class DistinctOptions
{
    public TimeSpan? MaxTime { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.AggregateOptions.</summary>
public class AggregateOptions
{
    public bool? AllowDiskUse { get; set; }

    public int? BatchSize { get; set; }

    public BsonValue Comment { get; set; }

    public BsonValue Hint { get; set; }

    public TimeSpan? MaxTime { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.CreateCollectionOptions.</summary>
public class CreateCollectionOptions
{
    public BsonDocument StorageEngine { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.ListCollectionNamesOptions.</summary>
public sealed class ListCollectionNamesOptions
{
    public FilterDefinition<BsonDocument> Filter { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.CreateIndexOptions.</summary>
public class CreateIndexOptions
{
    public bool? Background { get; set; }

    public string DefaultLanguage { get; set; }

    public TimeSpan? ExpireAfter { get; set; }

    public bool? Hidden { get; set; }

    public string Name { get; set; }

    public bool? Sparse { get; set; }

    public bool? Unique { get; set; }

    public BsonDocument Weights { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.CreateIndexOptions&lt;TDocument&gt;.</summary>
public class CreateIndexOptions<TDocument> : CreateIndexOptions
{
    public FilterDefinition<TDocument> PartialFilterExpression { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.CreateOneIndexOptions.</summary>
public class CreateOneIndexOptions
{
    public TimeSpan? MaxTime { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.CreateManyIndexesOptions.</summary>
public class CreateManyIndexesOptions
{
    public TimeSpan? MaxTime { get; set; }
}

/// <summary>Mirrors MongoDB.Driver.CreateIndexModel&lt;TDocument&gt;.</summary>
public class CreateIndexModel<TDocument>(IndexKeysDefinition<TDocument> keys, CreateIndexOptions options = null)
{
    public IndexKeysDefinition<TDocument> Keys { get; } = keys;

    public CreateIndexOptions Options { get; } = options;
}
