using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>
/// The bytes that the MTA handed over, without what delivery put in front; for a message that WildDuck stored, the bytes
/// that WildDuck gives back. They are put together while they are written.
/// </summary>
public sealed class RawMessage
{
    private readonly BsonDocument _document;
    private readonly MessageRestorer _restorer;

    internal RawMessage(BsonDocument document, MessageRestorer restorer)
    {
        _document = document;
        _restorer = restorer;
    }

    /// <summary>The number of bytes, when it is known before they are written.</summary>
    public long? Length => MessageRestorer.FindLength(_document);

    /// <summary>Writes the message.</summary>
    /// <exception cref="InvalidDataException">
    /// An attachment is missing, or the document was changed. The last bytes have not been written.
    /// </exception>
    public async Task WriteToAsync(Stream output, CancellationToken cancellationToken)
    {
        if (await _restorer.RestoreAsync(_document, output, cancellationToken) == RestoredFidelity.Damaged)
        {
            throw new InvalidDataException($"Message {_document["_id"]} cannot be restored as it was received.");
        }
    }
}
