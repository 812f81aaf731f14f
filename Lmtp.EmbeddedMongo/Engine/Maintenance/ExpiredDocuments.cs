using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine.Maintenance;

/// <summary>Deletes the documents that a TTL index says have expired.</summary>
internal static class ExpiredDocuments
{
    /// <summary>Deletes the expired documents of a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were deleted.</returns>
    public static long Delete(Collection collection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        long deleted = 0;
        foreach (CollectionIndex index in collection.Indexes)
        {
            // As in MongoDB, a TTL index has one field; the option has no effect on others.
            if (index.Definition.ExpireAfter is { } age && index.Definition.Fields.Count == 1)
            {
                deleted += Delete(collection, index, now - age, cancellationToken);
            }
        }

        return deleted;
    }

    private static long Delete(Collection collection, CollectionIndex index, DateTimeOffset until, CancellationToken cancellationToken)
    {
        KeyRange expired = index.ToKeyRange(IndexInterval.Between(Date(long.MinValue), true, Date(until.ToUnixTimeMilliseconds()), true));
        IndexScan scan = index.Scan(expired);
        long deleted = 0;
        while (scan.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ModifyResult result = collection.Modify(
                scan.Current, document => expired.ContainsAny(index.Extract(document)) ? Mutation.Delete : Mutation.Keep);
            deleted += result.Kind == MutationKind.Delete ? 1 : 0;
        }

        return deleted;
    }

    private static RawBsonValue Date(long milliseconds) => new(BsonType.DateTime, BitConverter.GetBytes(milliseconds));
}
