using System.Security.Cryptography;

using Lmtp.Server.Mime;
using Lmtp.Server.Mime.Recovery;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>How faithful restored bytes are.</summary>
public enum RestoredFidelity
{
    /// <summary>Exactly what was received, checked by SHA-256.</summary>
    Exact,

    /// <summary>What the tree gives back; the message was not stored by this server, so that more is not known.</summary>
    Rebuilt,

    /// <summary>The check failed: an attachment is missing or the document was changed.</summary>
    Damaged,
}

/// <summary>Bytes of a stored message, without what delivery put in front.</summary>
/// <param name="Bytes">The message.</param>
/// <param name="Fidelity">How far they can be trusted to be what was received.</param>
public sealed record RestoredMessage(byte[] Bytes, RestoredFidelity Fidelity);

/// <summary>Gives back exactly what the MTA handed over.</summary>
/// <param name="attachments">Where the attachments are.</param>
public sealed class MessageRestorer(IStoredAttachments attachments)
{
    private const int AddedFields = 2;

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

    /// <summary>Restores a message from its document.</summary>
    public async Task<RestoredMessage> RestoreAsync(BsonDocument message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var rebuilt = new MemoryStream();
        await new MessageRebuilder(attachments)
            .WriteTreeAsync(message["mimeTree"].AsBsonDocument, AddedFields, rebuilt, cancellationToken)
            .ConfigureAwait(false);
        if (FindRecovery(message) is not { } recovery)
        {
            return new RestoredMessage(rebuilt.ToArray(), RestoredFidelity.Rebuilt);
        }

        var bytes = ApplyPatch(rebuilt.ToArray(), recovery);
        var isExact = bytes is not null && SHA256.HashData(bytes).AsSpan().SequenceEqual(recovery["sha256"].AsBsonBinaryData.Bytes);
        return new RestoredMessage(bytes ?? rebuilt.ToArray(), isExact ? RestoredFidelity.Exact : RestoredFidelity.Damaged);
    }

    private static BsonDocument? FindRecovery(BsonDocument message) =>
        message.TryGetValue("lmtp", out var own) && own is BsonDocument document
        && document.TryGetValue("recovery", out var recovery) ? recovery as BsonDocument : null;

    private static byte[]? ApplyPatch(byte[] rebuilt, BsonDocument recovery)
    {
        if (!recovery.TryGetValue("patch", out var patch))
        {
            return rebuilt;
        }

        try
        {
            return RecoveryPatch.Apply(rebuilt, patch.AsBsonBinaryData.Bytes, recovery["length"].ToInt32());
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }
}
