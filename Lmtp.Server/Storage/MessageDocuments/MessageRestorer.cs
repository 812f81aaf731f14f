using Lmtp.Server.Mime;
using Lmtp.Server.Mime.Recovery;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>Gives back exactly what the MTA handed over.</summary>
/// <param name="attachments">Where the attachments are.</param>
public sealed class MessageRestorer(IStoredAttachments attachments)
{
    private const int AddedFields = 2;
    private const int MaxInMemory = 1024 * 1024;
    private const int SpoolBufferSize = 64 * 1024;

    /// <summary>
    /// Makes the <c>lmtp.recovery</c> document of a copy: length and SHA-256 of the received bytes, and a patch when
    /// the tree alone does not give them back.
    /// </summary>
    public static async ValueTask<BsonDocument> CreateRecoveryAsync(MessageCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        var recovery = new BsonDocument
        {
            { "length", BsonText.Number(copy.Message.Source.Length) },
            { "sha256", new BsonBinaryData(copy.Message.Sha256.ToArray()) },
        };
        if (await MessageRecovery.CreatePatchAsync(copy, cancellationToken).ConfigureAwait(false) is { } patch)
        {
            recovery.Add("patch", new BsonBinaryData(patch));
        }

        return recovery;
    }

    /// <summary>The number of bytes that were received; null for a message that was not stored by this server.</summary>
    public static long? FindLength(BsonDocument message) => FindRecovery(message)?["length"].ToInt64();

    /// <summary>
    /// Writes a message as it was received, without what delivery put in front. It is never in memory as a whole; its
    /// last bytes are written only when the check has shown that all of them are right.
    /// </summary>
    public async Task<RestoredFidelity> RestoreAsync(BsonDocument message, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        var rebuilder = new MessageRebuilder(attachments);
        var tree = message["mimeTree"].AsBsonDocument;
        if (FindRecovery(message) is not { } recovery)
        {
            await rebuilder.WriteTreeAsync(tree, AddedFields, output, cancellationToken).ConfigureAwait(false);
            return RestoredFidelity.Rebuilt;
        }

        await using var verified = new VerifiedOutput(output);
        if (!recovery.TryGetValue("patch", out var patch))
        {
            await rebuilder.WriteTreeAsync(tree, AddedFields, verified, cancellationToken).ConfigureAwait(false);
        }
        else if (!await TryPatchAsync(tree, patch.AsBsonBinaryData.Bytes, recovery["length"].ToInt64(), verified, cancellationToken).ConfigureAwait(false))
        {
            return RestoredFidelity.Damaged;
        }

        return await verified.TryFinishAsync(recovery["sha256"].AsBsonBinaryData.Bytes, cancellationToken).ConfigureAwait(false)
            ? RestoredFidelity.Exact
            : RestoredFidelity.Damaged;
    }

    private async ValueTask<bool> TryPatchAsync(
        BsonDocument tree, byte[] patch, long length, Stream output, CancellationToken cancellationToken)
    {
        await using var rebuilt = CreateSpool(length);
        await new MessageRebuilder(attachments)
            .WriteTreeAsync(tree, AddedFields, rebuilt, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await RecoveryPatch.ApplyAsync(rebuilt, patch, length, output, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return false;
        }
    }

    /// <summary>Takes a message that has to be read at any place: in memory when it is small, else in a temporary file.</summary>
    private static Stream CreateSpool(long length) => length <= MaxInMemory
        ? new MemoryStream()
        : new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                BufferSize = SpoolBufferSize,
            });

    private static BsonDocument? FindRecovery(BsonDocument message) =>
        message.TryGetValue("lmtp", out var own) && own is BsonDocument document
        && document.TryGetValue("recovery", out var recovery) ? recovery as BsonDocument : null;
}
