using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// The keys of deliveries whose counts are in a document, kept there until nobody can repeat the change any more.
/// WildDuck ignores the field.
/// </summary>
internal sealed class PendingTokens(MailDatabase database)
{
    /// <summary>The field, in users and attachment files.</summary>
    public const string Field = "lmtp.pending";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>The keys of the deliveries that are counted in a document.</summary>
    public static IReadOnlyList<BsonBinaryData> Of(BsonDocument document) =>
        document.DocumentOrNull("lmtp")?.GetValue("pending", BsonNull.Value) is BsonArray keys
            ? [.. keys.OfType<BsonBinaryData>()]
            : [];

    public static bool Has(BsonDocument document, BsonBinaryData key) =>
        document.DocumentOrNull("lmtp")?.GetValue("pending", BsonNull.Value) is BsonArray keys && keys.Contains(key);

    /// <summary>Removes the tokens of stored deliveries, one operation for each user and one for all their files.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<DeliveryClaim> claims, CancellationToken cancellationToken)
    {
        foreach (var user in claims.GroupBy(claim => claim.Plan.User))
        {
            await database.Users.UpdateOneAsync(
                Filter.Eq("_id", user.Key),
                Builders<BsonDocument>.Update.PullAll(Field, user.Select(claim => claim.Key)),
                cancellationToken: cancellationToken);
        }

        var files = claims.SelectMany(claim => claim.Plan.Attachments, (_, use) => use.File).Distinct().ToList();
        if (files.Count > 0)
        {
            await database.AttachmentFiles.UpdateManyAsync(
                Filter.In("_id", files),
                Builders<BsonDocument>.Update.PullAll(Field, claims.Select(claim => claim.Key)),
                cancellationToken: cancellationToken);
        }
    }
}
