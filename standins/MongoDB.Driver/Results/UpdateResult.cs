using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>What an update did.</summary>
public abstract class UpdateResult
{
    private protected UpdateResult()
    {
    }

    /// <summary>Whether the server answered.</summary>
    public abstract bool IsAcknowledged { get; }

    /// <summary>Whether <see cref="ModifiedCount"/> is known.</summary>
    public abstract bool IsModifiedCountAvailable { get; }

    /// <summary>How many documents matched.</summary>
    public abstract long MatchedCount { get; }

    /// <summary>How many documents changed.</summary>
    public abstract long ModifiedCount { get; }

    /// <summary>The id of an inserted document, or null.</summary>
    public abstract BsonValue UpsertedId { get; }

    /// <summary>What an answered write did.</summary>
    public class Acknowledged : UpdateResult
    {
        private readonly long? _modifiedCount;

        /// <summary>Creates one.</summary>
        public Acknowledged(long matchedCount, long? modifiedCount, BsonValue upsertedId)
        {
            MatchedCount = matchedCount;
            _modifiedCount = modifiedCount;
            UpsertedId = upsertedId;
        }

        /// <inheritdoc />
        public override bool IsAcknowledged => true;

        /// <inheritdoc />
        public override bool IsModifiedCountAvailable => _modifiedCount.HasValue;

        /// <inheritdoc />
        public override long MatchedCount { get; }

        /// <inheritdoc />
        public override long ModifiedCount => _modifiedCount ?? throw new NotSupportedException("ModifiedCount is not available.");

        /// <inheritdoc />
        public override BsonValue UpsertedId { get; }
    }

    /// <summary>The outcome of a write without an answer.</summary>
    public class Unacknowledged : UpdateResult
    {
        private Unacknowledged()
        {
        }

        /// <summary>The only instance.</summary>
        public static Unacknowledged Instance { get; } = new();

        /// <inheritdoc />
        public override bool IsAcknowledged => false;

        /// <inheritdoc />
        public override bool IsModifiedCountAvailable => false;

        /// <inheritdoc />
        public override long MatchedCount => throw NotAvailable();

        /// <inheritdoc />
        public override long ModifiedCount => throw NotAvailable();

        /// <inheritdoc />
        public override BsonValue UpsertedId => throw NotAvailable();

        private static NotSupportedException NotAvailable() => new("Only acknowledged writes have counts.");
    }
}
