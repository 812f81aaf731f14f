using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Writes journal entries that another server may have written before, because this one was held up.</summary>
internal static class JournalInsert
{
    /// <summary>Inserts, in their order, those entries that are not there yet.</summary>
    /// <exception cref="MongoException">Any of them could not be written for another reason.</exception>
    public static async Task InsertOnceAsync(this IMongoCollection<BsonDocument> journal, IEnumerable<BsonDocument> entries)
    {
        try
        {
            await journal.InsertManyAsync(entries, new InsertManyOptions { IsOrdered = false });
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null
                && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            // The other server told of these changes.
        }
    }
}
