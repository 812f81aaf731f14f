using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// The keys of deliveries whose counts are in a document, kept there until nobody can repeat the change any more.
/// WildDuck ignores the fields.
/// </summary>
internal sealed class PendingTokens(MailDatabase database)
{
    /// <summary>The field, in users and attachment files.</summary>
    public const string Field = "lmtp.pending";

    /// <summary>
    /// The field for deliveries that changed hands and are counted for good. Settling them may be repeated as long as the
    /// key is here; a server that was held up cannot take their counts back any more.
    /// </summary>
    public const string SettledField = "lmtp.settled";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>The keys of the deliveries that are counted in a document.</summary>
    public static IReadOnlyList<BsonBinaryData> Of(BsonDocument document) =>
        document.DocumentOrNull("lmtp")?.GetValue("pending", BsonNull.Value) is BsonArray keys
            ? [.. keys.OfType<BsonBinaryData>()]
            : [];

    /// <summary>Whether a delivery is counted in a document, for good or not.</summary>
    public static bool Has(BsonDocument document, BsonBinaryData key) => Has(document, "pending", key) || IsSettled(document, key);

    /// <summary>Whether a delivery that changed hands is counted in a document for good.</summary>
    public static bool IsSettled(BsonDocument document, BsonBinaryData key) => Has(document, "settled", key);

    /// <summary>Documents in which a delivery is not counted.</summary>
    public static FilterDefinition<BsonDocument> Lacks(BsonBinaryData key) => Filter.Ne(Field, key) & Filter.Ne(SettledField, key);

    /// <summary>Removes the tokens of stored deliveries, one operation for each user and one for all their files.</summary>
    public Task RemoveAsync(IReadOnlyCollection<DeliveryClaim> claims, CancellationToken cancellationToken) =>
        RemoveAsync(Field, claims, cancellationToken);

    /// <summary>Removes the tokens of settled deliveries that nobody will settle again.</summary>
    public Task RemoveSettledAsync(IReadOnlyCollection<DeliveryClaim> claims, CancellationToken cancellationToken) =>
        RemoveAsync(SettledField, claims, cancellationToken);

    private static bool Has(BsonDocument document, string field, BsonBinaryData key) =>
        document.DocumentOrNull("lmtp")?.GetValue(field, BsonNull.Value) is BsonArray keys && keys.Contains(key);

    private async Task RemoveAsync(string field, IReadOnlyCollection<DeliveryClaim> claims, CancellationToken cancellationToken)
    {
        foreach (var user in claims.GroupBy(claim => claim.Plan.User))
        {
            await database.Users.UpdateOneAsync(
                Filter.Eq("_id", user.Key),
                Builders<BsonDocument>.Update.PullAll(field, user.Select(claim => claim.Key)),
                cancellationToken: cancellationToken);
        }

        var files = claims.SelectMany(claim => claim.Plan.Attachments, (_, use) => use.File).Distinct().ToList();
        if (files.Count > 0)
        {
            await database.AttachmentFiles.UpdateManyAsync(
                Filter.In("_id", files),
                Builders<BsonDocument>.Update.PullAll(field, claims.Select(claim => claim.Key)),
                cancellationToken: cancellationToken);
        }
    }
}
