using Lmtp.Server.Mime;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Attachment files, addressed by their content and counted by their references. Each change of a count carries the keys
/// of the deliveries that it is for, so that repeating it changes nothing. Specification section 2.7.
/// </summary>
internal sealed class AttachmentStore(
    MailDatabase database, AttachmentWriter writer, IOptions<StorageOptions> options, TimeProvider time)
{
    // All pauses together give an upload of the same file by someone else about twelve seconds.
    private const int MaxAttempts = 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>The files of a message, each once, in the order of their first use.</summary>
    public static IReadOnlyList<AttachmentUse> UsesOf(IndexedMessage message) =>
        message.Attachments.Count == 0
            ? []
            : [.. message.Attachments
                .GroupBy(attachment => Convert.ToHexString(attachment.Sha256.Span))
                .Select(group => new AttachmentUse(new BsonBinaryData(group.First().Sha256.ToArray()), group.Count()))];

    /// <summary>
    /// Takes references for the copies of the message that are delivered under these keys, and stores the files that are
    /// not there. What was taken stays taken when it fails: it is given back by key.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="magic">The random number of these copies.</param>
    /// <param name="keys">The keys of the deliveries, one for each copy.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The digests of the stored bytes of files that this call brought in, by the number of the attachment that did.
    /// </returns>
    public async Task<IReadOnlyDictionary<string, string>> AcquireAsync(
        IndexedMessage message, int magic, IReadOnlyList<BsonBinaryData> keys, CancellationToken cancellationToken)
    {
        var contentHashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var use in UsesOf(message))
        {
            var first = message.Attachments.First(attachment => attachment.Sha256.Span.SequenceEqual(use.File.Bytes));
            if (!options.Value.DecodeBase64)
            {
                first = first with { DecodedLineLength = null };
            }

            var reference = new AttachmentReference(use, magic, keys);
            if (await AcquireAsync(message.Source, first, reference, cancellationToken) is { } contentHash)
            {
                contentHashes[first.Id] = contentHash;
            }
        }

        return contentHashes;
    }

    /// <summary>Gives the references of one delivery back, those that it took, and what it left of an upload.</summary>
    public async Task ReleaseAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken)
    {
        foreach (var use in plan.Attachments)
        {
            var result = await database.AttachmentFiles.UpdateOneAsync(
                Filter.Eq("_id", use.File) & Filter.Eq(PendingTokens.Field, key),
                Change(-use.Count, plan.Magic).Pull(PendingTokens.Field, key),
                cancellationToken: cancellationToken);
            if (result.MatchedCount == 0)
            {
                await writer.RemoveUnfinishedAsync(use.File, [key], cancellationToken);
            }
        }
    }

    private async Task<string?> AcquireAsync(
        IMessageSource source, MessageAttachment attachment, AttachmentReference reference, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            if (await TryCountAsync(reference, cancellationToken))
            {
                return null;
            }

            if (await writer.TryStoreAsync(source, attachment, reference, cancellationToken) is { } contentHash)
            {
                return contentHash;
            }

            if (attempt == MaxAttempts)
            {
                throw new IOException("An attachment is being stored by someone else who does not finish.");
            }

            await Task.Delay(pause * ((Random.Shared.NextDouble() + 1) / 2), time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // The usual case, in which none of the keys was counted, is one operation.
    private async Task<bool> TryCountAsync(AttachmentReference reference, CancellationToken cancellationToken)
    {
        var file = reference.Use.File;
        var result = await database.AttachmentFiles.UpdateOneAsync(
            Filter.Eq("_id", file) & Filter.Nin(PendingTokens.Field, reference.Keys),
            Builders<BsonDocument>.Update.Combine(
                Change(reference.Count, reference.Magic),
                Builders<BsonDocument>.Update.PushEach(PendingTokens.Field, reference.Keys)),
            cancellationToken: cancellationToken);
        if (result.MatchedCount > 0)
        {
            return true;
        }

        if (!await database.AttachmentFiles.Find(Filter.Eq("_id", file)).AnyAsync(cancellationToken))
        {
            return false;
        }

        foreach (var key in reference.Keys)
        {
            await database.AttachmentFiles.UpdateOneAsync(
                Filter.Eq("_id", file) & Filter.Ne(PendingTokens.Field, key),
                Change(reference.Use.Count, reference.Magic).Push(PendingTokens.Field, key),
                cancellationToken: cancellationToken);
        }

        return true;
    }

    private UpdateDefinition<BsonDocument> Change(int count, int magic) => Builders<BsonDocument>.Update
        .Inc("metadata.c", count)
        .Inc("metadata.m", AttachmentReference.MagicOf(count, magic))
        .Set("metadata.cu", time.GetUtcNow().UtcDateTime);
}
