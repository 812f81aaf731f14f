using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Deleted messages, kept for a while with their attachments. Specification section 2.16.</summary>
internal sealed class MessageArchive(MailDatabase database, SettingsStore settings, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private const string ArchiveTimeSetting = "const:archive:time";
    private static readonly TimeSpan DefaultArchiveTime = TimeSpan.FromDays(25);

    /// <summary>Puts a copy of a message into the archive; false when it is there already.</summary>
    public async Task<bool> AddAsync(BsonDocument message, CancellationToken cancellationToken) =>
        (await AddAsync([message], cancellationToken)).Count > 0;

    /// <summary>Puts copies of messages into the archive; returns the ids of those that were not there already.</summary>
    public async Task<IReadOnlySet<ObjectId>> AddAsync(IReadOnlyList<BsonDocument> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(message => message["_id"].AsObjectId).ToList();
        if (ids.Count == 0)
        {
            return new HashSet<ObjectId>();
        }

        var now = time.GetUtcNow();
        var kept = await settings.GetCachedNumberAsync(
            ArchiveTimeSetting, (long)DefaultArchiveTime.TotalMilliseconds, cancellationToken);
        var overdue = BsonFields.ToJavaScriptNumber(now.ToUnixTimeMilliseconds() + kept);
        try
        {
            await database.Archived.WithWriteConcern(MailDatabase.Durable).InsertManyAsync(
                messages.Select(message => new BsonDocument(message)
                {
                    ["archived"] = now.UtcDateTime,
                    ["exp"] = true,
                    ["rdate"] = overdue,
                }),
                new InsertManyOptions { IsOrdered = false },
                cancellationToken);
            return ids.ToHashSet();
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null
                && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            // Archived before a crash, or by somebody else just now.
            var there = exception.WriteErrors.Select(error => error.Index).ToHashSet();
            return ids.Where((_, index) => !there.Contains(index)).ToHashSet();
        }
    }

    /// <summary>
    /// Takes a message out again that somebody else moved in the very moment of its deletion. One that somebody else
    /// deleted stays.
    /// </summary>
    public async Task WithdrawAsync(RemovableMessage message, CancellationToken cancellationToken)
    {
        var living = Filter.Eq("user", message.User) & Filter.Eq("thread", message.Thread) & Filter.Eq("root", message.Root);
        if (await database.Messages.Find(living).AnyAsync(cancellationToken))
        {
            await database.Archived.DeleteOneAsync(Filter.Eq("_id", message.Id), cancellationToken);
        }
    }
}
