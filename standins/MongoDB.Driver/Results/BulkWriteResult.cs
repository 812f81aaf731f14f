namespace MongoDB.Driver;

/// <summary>What several writes did.</summary>
public abstract class BulkWriteResult
{
    private protected BulkWriteResult(int requestCount)
    {
        RequestCount = requestCount;
    }

    /// <summary>How many documents were deleted.</summary>
    public abstract long DeletedCount { get; }

    /// <summary>How many documents were inserted.</summary>
    public abstract long InsertedCount { get; }

    /// <summary>Whether the server answered.</summary>
    public abstract bool IsAcknowledged { get; }

    /// <summary>Whether <see cref="ModifiedCount"/> is known.</summary>
    public abstract bool IsModifiedCountAvailable { get; }

    /// <summary>How many documents matched.</summary>
    public abstract long MatchedCount { get; }

    /// <summary>How many documents changed.</summary>
    public abstract long ModifiedCount { get; }

    /// <summary>How many writes were asked for.</summary>
    public int RequestCount { get; }

    /// <summary>The documents that upserts inserted.</summary>
    public abstract IReadOnlyList<BulkWriteUpsert> Upserts { get; }
}

/// <summary>What several writes did.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public abstract class BulkWriteResult<TDocument> : BulkWriteResult
{
    private protected BulkWriteResult(int requestCount, IEnumerable<WriteModel<TDocument>> processedRequests)
        : base(requestCount)
    {
        ProcessedRequests = [.. processedRequests];
    }

    /// <summary>The writes that were tried.</summary>
    public IReadOnlyList<WriteModel<TDocument>> ProcessedRequests { get; }

    /// <summary>What answered writes did.</summary>
    public class Acknowledged : BulkWriteResult<TDocument>
    {
        private readonly long? _modifiedCount;

        /// <summary>Creates one.</summary>
        public Acknowledged(
            int requestCount,
            long matchedCount,
            long deletedCount,
            long insertedCount,
            long? modifiedCount,
            IReadOnlyList<WriteModel<TDocument>> processedRequests,
            IEnumerable<BulkWriteUpsert> upserts)
            : base(requestCount, processedRequests)
        {
            MatchedCount = matchedCount;
            DeletedCount = deletedCount;
            InsertedCount = insertedCount;
            _modifiedCount = modifiedCount;
            Upserts = [.. upserts];
        }

        /// <inheritdoc />
        public override long DeletedCount { get; }

        /// <inheritdoc />
        public override long InsertedCount { get; }

        /// <inheritdoc />
        public override bool IsAcknowledged => true;

        /// <inheritdoc />
        public override bool IsModifiedCountAvailable => _modifiedCount.HasValue;

        /// <inheritdoc />
        public override long MatchedCount { get; }

        /// <inheritdoc />
        public override long ModifiedCount => _modifiedCount ?? throw new NotSupportedException("ModifiedCount is not available.");

        /// <inheritdoc />
        public override IReadOnlyList<BulkWriteUpsert> Upserts { get; }
    }

    /// <summary>The outcome of writes without an answer.</summary>
    public class Unacknowledged : BulkWriteResult<TDocument>
    {
        /// <summary>Creates one.</summary>
        public Unacknowledged(int requestCount, IEnumerable<WriteModel<TDocument>> processedRequests)
            : base(requestCount, processedRequests)
        {
        }

        /// <inheritdoc />
        public override long DeletedCount => throw NotAvailable();

        /// <inheritdoc />
        public override long InsertedCount => throw NotAvailable();

        /// <inheritdoc />
        public override bool IsAcknowledged => false;

        /// <inheritdoc />
        public override bool IsModifiedCountAvailable => throw NotAvailable();

        /// <inheritdoc />
        public override long MatchedCount => throw NotAvailable();

        /// <inheritdoc />
        public override long ModifiedCount => throw NotAvailable();

        /// <inheritdoc />
        public override IReadOnlyList<BulkWriteUpsert> Upserts => throw NotAvailable();

        private static NotSupportedException NotAvailable() => new("Only acknowledged writes have counts.");
    }
}
