using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.UpdateResult.</summary>
public abstract class UpdateResult
{
    private protected UpdateResult()
    {
    }

    public abstract bool IsAcknowledged { get; }

    public abstract bool IsModifiedCountAvailable { get; }

    public abstract long MatchedCount { get; }

    public abstract long ModifiedCount { get; }

    public abstract BsonValue UpsertedId { get; }

    /// <summary>Mirrors MongoDB.Driver.UpdateResult.Acknowledged.</summary>
    public class Acknowledged(long matchedCount, long? modifiedCount, BsonValue upsertedId) : UpdateResult
    {
        public override bool IsAcknowledged => true;

        public override bool IsModifiedCountAvailable => true;

        public override long MatchedCount => matchedCount;

        public override long ModifiedCount => modifiedCount ?? 0;

        public override BsonValue UpsertedId => upsertedId;
    }
}

/// <summary>Mirrors MongoDB.Driver.ReplaceOneResult.</summary>
public abstract class ReplaceOneResult
{
    private protected ReplaceOneResult()
    {
    }

    public abstract bool IsAcknowledged { get; }

    public abstract bool IsModifiedCountAvailable { get; }

    public abstract long MatchedCount { get; }

    public abstract long ModifiedCount { get; }

    public abstract BsonValue UpsertedId { get; }

    /// <summary>Mirrors MongoDB.Driver.ReplaceOneResult.Acknowledged.</summary>
    public class Acknowledged(long matchedCount, long? modifiedCount, BsonValue upsertedId) : ReplaceOneResult
    {
        public override bool IsAcknowledged => true;

        public override bool IsModifiedCountAvailable => true;

        public override long MatchedCount => matchedCount;

        public override long ModifiedCount => modifiedCount ?? 0;

        public override BsonValue UpsertedId => upsertedId;
    }
}

/// <summary>Mirrors MongoDB.Driver.DeleteResult.</summary>
public abstract class DeleteResult
{
    private protected DeleteResult()
    {
    }

    public abstract long DeletedCount { get; }

    public abstract bool IsAcknowledged { get; }

    /// <summary>Mirrors MongoDB.Driver.DeleteResult.Acknowledged.</summary>
    public class Acknowledged(long deletedCount) : DeleteResult
    {
        public override long DeletedCount => deletedCount;

        public override bool IsAcknowledged => true;
    }
}

/// <summary>Mirrors MongoDB.Driver.BulkWriteUpsert.</summary>
public sealed class BulkWriteUpsert
{
    internal BulkWriteUpsert(int index, BsonValue id)
    {
        Index = index;
        Id = id;
    }

    public BsonValue Id { get; }

    public int Index { get; }
}

/// <summary>Mirrors MongoDB.Driver.BulkWriteResult&lt;TDocument&gt;.</summary>
public sealed class BulkWriteResult<TDocument>
{
    internal BulkWriteResult(int requestCount) => RequestCount = requestCount;

    public long DeletedCount { get; internal set; }

    public long InsertedCount { get; internal set; }

    public bool IsAcknowledged => true;

    public bool IsModifiedCountAvailable => true;

    public long MatchedCount { get; internal set; }

    public long ModifiedCount { get; internal set; }

    public int RequestCount { get; }

    public IReadOnlyList<BulkWriteUpsert> Upserts { get; internal set; } = [];
}
