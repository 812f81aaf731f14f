using System.Text.RegularExpressions;
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

    private const string CollectionName = "limits";

    private IMongoCollection<BsonDocument> Limits => database.Own.GetCollection<BsonDocument>(CollectionName);

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

    /// <summary>
    /// Lists overrides by limit and subject. Those whose subject contains <paramref name="search"/> or is one of
    /// <paramref name="subjects"/>; of one limit, or all of them.
    /// </summary>
    public async Task<Page<RateLimitOverride>> ListAsync(
        string? limitName,
        string? search,
        IReadOnlyCollection<string> subjects,
        string? cursor,
        int limit,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var filter = FilterDefinition<BsonDocument>.Empty;
        if (!string.IsNullOrEmpty(limitName))
        {
            filter &= Matches($"^{Regex.Escape(limitName)}:");
        }

        if (!string.IsNullOrEmpty(search))
        {
            var found = Matches($":.*{Regex.Escape(search)}");
            filter &= subjects.Count == 0 ? found : found | Matches($":({string.Join('|', subjects.Select(Regex.Escape))})$");
        }

        if (PageCursor.Decode(cursor) is { } after)
        {
            filter &= Filter.Gt("_id", after);
        }

        var documents = await Limits.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
            .Limit(limit + 1)
            .ToListAsync(cancellationToken);
        var next = documents.Count > limit ? PageCursor.Encode(documents[limit - 1].StringOrEmpty("_id")) : null;
        return new Page<RateLimitOverride>([.. documents.Take(limit).Select(ToOverride).OfType<RateLimitOverride>()], next);
    }

    /// <summary>How many overrides each limit has, by name; limits without one are left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancellationToken)
    {
        var ids = await Limits.Find(FilterDefinition<BsonDocument>.Empty)
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("_id"))
            .ToListAsync(cancellationToken);
        return ids.CountBy(document => document.StringOrEmpty("_id").Split(':', 2)[0]).ToDictionary();
    }

    /// <summary>Adds an override, or changes the one that has this id.</summary>
    public Task SetAsync(RateLimitOverride replacement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        return Limits.ReplaceOneAsync(
            Filter.Eq("_id", replacement.Id),
            ToDocument(replacement),
            new ReplaceOptions { IsUpsert = true },
            cancellationToken);
    }

    /// <summary>
    /// Adds an override where <paramref name="expected"/> is null, else changes it; false when it is not, or no longer, as
    /// expected.
    /// </summary>
    public async Task<bool> TrySetAsync(
        RateLimitOverride replacement, RateLimitOverride? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        if (expected is not null)
        {
            var changed = await Limits.ReplaceOneAsync(
                IsAs(expected), ToDocument(replacement), cancellationToken: cancellationToken);
            return changed.MatchedCount > 0;
        }

        try
        {
            await Limits.InsertOneAsync(ToDocument(replacement), cancellationToken: cancellationToken);
            return true;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>Removes an override that is still as it was seen; false when it is not, or not there.</summary>
    public async Task<bool> TryRemoveAsync(RateLimitOverride expected, CancellationToken cancellationToken) =>
        (await Limits.DeleteOneAsync(IsAs(expected), cancellationToken)).DeletedCount > 0;

    /// <summary>Removes an override; false when there is none.</summary>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        (await Limits.DeleteOneAsync(Filter.Eq("_id", id), cancellationToken)).DeletedCount > 0;

    /// <summary>Removes what was set for a user who is gone.</summary>
    internal Task RemoveOfUserAsync(ObjectId user, CancellationToken cancellationToken) =>
        Limits.DeleteManyAsync(Matches($":{user}$"), cancellationToken);

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

    private static FilterDefinition<BsonDocument> Matches(string pattern) => Filter.Regex("_id", new BsonRegularExpression(pattern));

    private static FilterDefinition<BsonDocument> IsAs(RateLimitOverride expected) =>
        Filter.Eq("_id", expected.Id)
        & Filter.Eq("count", expected.Count)
        & Filter.Eq("period", (long)expected.Period.TotalSeconds);

    private static BsonDocument ToDocument(RateLimitOverride replacement) => new()
    {
        { "_id", replacement.Id },
        { "count", BsonFields.ToJavaScriptNumber(replacement.Count) },
        { "period", BsonFields.ToJavaScriptNumber((long)replacement.Period.TotalSeconds) },
    };

    private static RateLimitOverride? ToOverride(BsonDocument document) =>
        document.StringOrNull("_id") is { } id ? ToOverride(id, document) : null;

    private static RateLimitOverride? ToOverride(string id, BsonDocument document) =>
        document.NumberOrNull("count") is { } count && document.NumberOrNull("period") is { } period
            && period <= TimeSpan.MaxValue.TotalSeconds && period >= 0
            ? new RateLimitOverride(id, count, TimeSpan.FromSeconds(period))
            : null;
}
