using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>The references that some deliveries of one message take on one file.</summary>
/// <param name="Use">The file and how many attachments of the message it is.</param>
/// <param name="Magic">The random number of the message.</param>
/// <param name="Keys">The keys of the deliveries.</param>
internal sealed record AttachmentReference(AttachmentUse Use, int Magic, IReadOnlyList<BsonBinaryData> Keys)
{
    /// <summary>The number of references.</summary>
    public int Count => Use.Count * Keys.Count;

    /// <summary>The sum of the random numbers of some references, as the type of number that Node would write.</summary>
    public static BsonValue MagicOf(int count, int magic) => BsonFields.ToJavaScriptNumber((long)count * magic);
}
