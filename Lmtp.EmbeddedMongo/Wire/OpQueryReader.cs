using System.Buffers.Binary;
using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Query.Raw;

namespace Lmtp.EmbeddedMongo.Wire;

/// <summary>Reads OP_QUERY, which older drivers use for their first handshake.</summary>
internal static class OpQueryReader
{
    private const string CommandCollection = ".$cmd";

    /// <summary>Reads a message.</summary>
    /// <param name="message">The whole message, header included.</param>
    /// <returns>The command.</returns>
    /// <exception cref="ProtocolException">The message is not well formed or not a command.</exception>
    public static CommandRequest Read(ReadOnlySpan<byte> message)
    {
        var rest = message[WireProtocol.HeaderLength..];
        var nameLength = rest.Length < 4 ? -1 : rest[4..].IndexOf((byte)0);
        if (nameLength < 0 || rest.Length < 4 + nameLength + 1 + 8 + 5)
        {
            throw new ProtocolException("OP_QUERY that is not well formed");
        }

        var collection = Encoding.UTF8.GetString(rest.Slice(4, nameLength));
        if (!collection.EndsWith(CommandCollection, StringComparison.Ordinal))
        {
            throw new ProtocolException("OP_QUERY is only understood for commands");
        }

        var document = rest[(4 + nameLength + 1 + 8)..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(document);
        if (length < 5 || length > document.Length)
        {
            throw new ProtocolException("OP_QUERY with a wrong document length");
        }

        BsonValidator.ValidateStructure(document[..length]);
        var body = RawDocument.Decode(document[..length]);
        body.Set("$db", collection[..^CommandCollection.Length]);
        return new CommandRequest(
            body,
            new Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>>(),
            ExpectsReply: true,
            IsLegacy: true);
    }
}
