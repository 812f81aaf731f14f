using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>Removes archived messages for good when their time is over. Specification section 2.16.</summary>
internal sealed class ArchivedMessages(
    MailDatabase database, UpkeepIntents intents, RemovalCounts counts, TimeProvider time) : IUpkeepTask
{
    private const int BatchSize = 50;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static readonly ProjectionDefinition<BsonDocument> Projection = Builders<BsonDocument>.Projection.Combine(
        RemovableMessage.Fields.Select(field => Builders<BsonDocument>.Projection.Include(field)));

    public string Name => "archived-messages";

    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        var unfinished = await intents.ReadAsync(Name, cancellationToken);
        List<RemovableMessage> batch = unfinished.Count > 0
            ? [.. unfinished.OfType<BsonDocument>().Select(RemovableMessage.FromIntent)]
            : await FindAsync(cancellationToken);
        if (batch.Count == 0)
        {
            return 0;
        }

        await intents.WriteAsync(Name, batch.Select(message => message.ToBson()), cancellationToken);
        foreach (var message in batch)
        {
            await counts.ReleaseAttachmentsAsync(message, cancellationToken);
            await database.Archived.DeleteOneAsync(Filter.Eq("_id", message.Id), cancellationToken);
        }

        await counts.ForgetAsync(batch, cancellationToken);
        await intents.ClearAsync(Name, cancellationToken);
        return batch.Count;
    }

    private async Task<List<RemovableMessage>> FindAsync(CancellationToken cancellationToken)
    {
        var documents = await database.Archived
            .Find(Filter.Eq("exp", true) & Filter.Lte("rdate", time.GetUtcNow().ToUnixTimeMilliseconds()))
            .Limit(BatchSize)
            .Project<BsonDocument>(Projection)
            .ToListAsync(cancellationToken);
        return documents.ConvertAll(RemovableMessage.From);
    }
}
