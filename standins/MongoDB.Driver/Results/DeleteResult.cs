namespace MongoDB.Driver;

/// <summary>What a delete did.</summary>
public abstract class DeleteResult
{
    private protected DeleteResult()
    {
    }

    /// <summary>How many documents were deleted.</summary>
    public abstract long DeletedCount { get; }

    /// <summary>Whether the server answered.</summary>
    public abstract bool IsAcknowledged { get; }

    /// <summary>What an answered delete did.</summary>
    public class Acknowledged : DeleteResult
    {
        /// <summary>Creates one.</summary>
        public Acknowledged(long deletedCount)
        {
            DeletedCount = deletedCount;
        }

        /// <inheritdoc />
        public override long DeletedCount { get; }

        /// <inheritdoc />
        public override bool IsAcknowledged => true;
    }

    /// <summary>The outcome of a delete without an answer.</summary>
    public class Unacknowledged : DeleteResult
    {
        private Unacknowledged()
        {
        }

        /// <summary>The only instance.</summary>
        public static Unacknowledged Instance { get; } = new();

        /// <inheritdoc />
        public override long DeletedCount => throw new NotSupportedException("Only acknowledged writes support the DeletedCount property.");

        /// <inheritdoc />
        public override bool IsAcknowledged => false;
    }
}
