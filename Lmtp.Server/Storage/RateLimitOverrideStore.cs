using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Rate limits of single clients, senders, users and domains, in the collection <c>limits</c> of our own database:
/// <c>{ _id: "limit name:subject", count, period }</c>, the period in seconds, a count of 0 for no limit.
/// </summary>
public sealed class RateLimitOverrideStore(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Limits => database.Own.GetCollection<BsonDocument>("limits");

    /// <summary>Whether there is any override at all.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        Limits.Find(FilterDefinition<BsonDocument>.Empty).AnyAsync(cancellationToken);

    /// <summary>The overrides with these ids; what cannot be read is left out.</summary>
    public async Task<IReadOnlyList<RateLimitOverride>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var documents = await Limits.Find(Filter.In("_id", ids)).ToListAsync(cancellationToken);
        return [.. documents.Select(ToOverride).OfType<RateLimitOverride>()];
    }

    /// <summary>Adds an override, or changes the one that has this id.</summary>
    public Task SetAsync(RateLimitOverride replacement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        return Limits.ReplaceOneAsync(
            Filter.Eq("_id", replacement.Id),
            new BsonDocument
            {
                { "_id", replacement.Id },
                { "count", BsonFields.ToJavaScriptNumber(replacement.Count) },
                { "period", BsonFields.ToJavaScriptNumber((long)replacement.Period.TotalSeconds) },
            },
            new ReplaceOptions { IsUpsert = true },
            cancellationToken);
    }

    /// <summary>Removes an override; false when there is none.</summary>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        (await Limits.DeleteOneAsync(Filter.Eq("_id", id), cancellationToken)).DeletedCount > 0;

    /// <summary>The limits in the <c>lmtp</c> sub-document of a user, by name.</summary>
    public static IReadOnlyList<RateLimitOverride> Of(MailUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var limits = user.Document.DocumentOrNull("lmtp")?.DocumentOrNull("limits");
        return limits is null
            ? []
            : [
                .. limits.Where(limit => limit.Value.IsBsonDocument)
                    .Select(limit => ToOverride(limit.Name, limit.Value.AsBsonDocument))
                    .OfType<RateLimitOverride>(),
            ];
    }

    private static RateLimitOverride? ToOverride(BsonDocument document) =>
        document.StringOrNull("_id") is { } id ? ToOverride(id, document) : null;

    private static RateLimitOverride? ToOverride(string id, BsonDocument document) =>
        document.NumberOrNull("count") is { } count && document.NumberOrNull("period") is { } period
            && period <= TimeSpan.MaxValue.TotalSeconds && period >= 0
            ? new RateLimitOverride(id, count, TimeSpan.FromSeconds(period))
            : null;
}
