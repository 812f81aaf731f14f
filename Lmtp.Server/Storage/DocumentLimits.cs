using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>What the database takes as one document.</summary>
internal static class DocumentLimits
{
    private const int MaxBytes = 16 * 1024 * 1024;
    private const int RoomForNumbers = 1024;

    // Everything that a document repeats of the message, and what it adds, stays below four times the message's size
    // plus this.
    private const int CertainlySmall = 2 * 1024 * 1024;

    /// <summary>Whether the document is too large. Small ones are not measured.</summary>
    /// <param name="document">The document, without UID and modseq.</param>
    /// <param name="messageSize">The size of the message that it was made from, in bytes.</param>
    public static bool Exceeded(BsonDocument document, long messageSize) =>
        messageSize > CertainlySmall && document.ToBson().Length > MaxBytes - RoomForNumbers;
}
