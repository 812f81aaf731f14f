using Lmtp.Server.Mime;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>
/// Attachment files, addressed by their content and counted by their references. Each change of a count carries the keys
/// of the deliveries that it is for, so that repeating it changes nothing. Specification section 2.7.
/// </summary>
internal sealed class AttachmentStore(
    AttachmentCounts counts, AttachmentWriter writer, IOptions<StorageOptions> options, TimeProvider time)
{
    // All pauses together give an upload of the same file by someone else about twelve seconds.
    private const int MaxAttempts = 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>The files of a message, each once, in the order of their first use.</summary>
    public static IReadOnlyList<AttachmentUse> UsesOf(IndexedMessage message) =>
        [.. FilesOf(message).Select(file => file.Use)];

    /// <summary>
    /// Takes references for the copies of the message that are delivered under these keys, and stores the files that are
    /// not there. What was taken stays taken when it fails: it is given back by key.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="magic">The random number of these copies.</param>
    /// <param name="keys">The keys of the deliveries, one for each copy.</param>
    /// <param name="abandoned">Tells whether an upload that is in the way will ever end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The digests of the stored bytes of files that this call brought in, by the number of the attachment that did.
    /// </returns>
    public async Task<IReadOnlyDictionary<string, string>> AcquireAsync(
        IndexedMessage message,
        int magic,
        IReadOnlyList<BsonBinaryData> keys,
        IAbandonedDeliveries abandoned,
        CancellationToken cancellationToken)
    {
        var contentHashes = new Dictionary<string, string>(StringComparer.Ordinal);
        var wanted = FilesOf(message)
            .Select(file => new AttachmentToStore(AsStored(file.First), new AttachmentReference(file.Use, magic, keys)))
            .ToList();
        var pause = FirstPause;
        for (var attempt = 1; wanted.Count > 0; attempt++)
        {
            var absent = await counts.AddAsync(wanted, cancellationToken);
            wanted = await writer.StoreAsync(message.Source, absent, contentHashes, cancellationToken);
            if (wanted.Count > 0 && attempt == MaxAttempts)
            {
                throw new IOException("An attachment is being stored by someone else who does not finish.");
            }

            if (wanted.Count > 0 && !await RemoveAbandonedAsync(wanted, keys, abandoned, cancellationToken))
            {
                await Task.Delay(pause * ((Random.Shared.NextDouble() + 1) / 2), time, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        return contentHashes;
    }

    /// <summary>Takes the references of a stored message that it has not, on files that are there.</summary>
    public Task EnsureCountedAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        counts.AddAsync(plan, key, cancellationToken);

    /// <summary>Counts the references of a stored message for good, on files that are there.</summary>
    public Task SettleAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        counts.SettleAsync(plan, key, cancellationToken);

    /// <summary>Gives back references that were counted for good once too often.</summary>
    public Task ReleaseSettledAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        counts.TakeBackSettledAsync(plan, key, cancellationToken);

    /// <summary>
    /// Gives the references of one delivery back, those that it took; false where it has not taken all, so that it may have
    /// left something of uploads.
    /// </summary>
    public Task<bool> ReleaseAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        counts.TakeBackAsync(plan, key, cancellationToken);

    /// <summary>Removes what one delivery has left of uploads.</summary>
    public Task RemoveUploadsAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        writer.RemoveUnfinishedAsync([.. plan.Attachments.Select(use => use.File)], [key], cancellationToken);

    private static IEnumerable<(MessageAttachment First, AttachmentUse Use)> FilesOf(IndexedMessage message) =>
        message.Attachments
            .GroupBy(attachment => new BsonBinaryData(attachment.Sha256.ToArray()))
            .Select(group => (group.First(), new AttachmentUse(group.Key, group.Count())));

    private MessageAttachment AsStored(MessageAttachment attachment) =>
        options.Value.DecodeBase64 ? attachment : attachment with { DecodedLineLength = null };

    // True where an upload was in the way that nobody would have ended: then it is no use to wait.
    private async Task<bool> RemoveAbandonedAsync(
        List<AttachmentToStore> contested,
        IReadOnlyList<BsonBinaryData> keys,
        IAbandonedDeliveries abandoned,
        CancellationToken cancellationToken)
    {
        var files = contested.ConvertAll(file => file.Reference.Use.File);
        var uploads = await writer.FindUploadsAsync(files, cancellationToken);
        uploads.ExceptWith(keys);
        var dead = uploads.Count == 0 ? [] : await abandoned.RecoverAsync(uploads, cancellationToken);
        await writer.RemoveUnfinishedAsync(files, [.. keys, .. dead], cancellationToken);
        await writer.RemoveOrphansAsync(files, cancellationToken);
        return dead.Count > 0;
    }
}
