using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Wire;

/// <summary>A command as it came over the wire. Its memory is only valid until the command is answered.</summary>
/// <param name="Body">The command document, without those arrays that are kept raw.</param>
/// <param name="Sequences">Arrays of documents by field name: document sequences, and the body's <c>documents</c>.</param>
/// <param name="ExpectsReply">False when the client wants no answer.</param>
/// <param name="IsLegacy">Whether the command came as OP_QUERY.</param>
internal sealed record CommandRequest(
    BsonDocument Body,
    IReadOnlyDictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> Sequences,
    bool ExpectsReply,
    bool IsLegacy)
{
    /// <summary>The command's name, as the client wrote it.</summary>
    public string Name => Body.ElementCount > 0 ? Body.GetElement(0).Name : string.Empty;
}
