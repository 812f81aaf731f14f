using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Wire;

/// <summary>Reads OP_MSG: one body section, any number of document sequences, an optional checksum.</summary>
internal static class OpMsgReader
{
    private const uint ChecksumPresent = 1;
    private const uint MoreToCome = 2;
    private const uint RequiredFlags = 0xFFFF;
    private const int ChecksumLength = 4;
    private const string RawField = "documents";

    /// <summary>Reads a message.</summary>
    /// <param name="message">The whole message, header included.</param>
    /// <returns>The command.</returns>
    /// <exception cref="ProtocolException">The message is not well formed.</exception>
    public static CommandRequest Read(ReadOnlyMemory<byte> message)
    {
        var span = message.Span;
        if (span.Length < WireProtocol.HeaderLength + 4)
        {
            throw new ProtocolException("OP_MSG without flags");
        }

        var flags = BinaryPrimitives.ReadUInt32LittleEndian(span[WireProtocol.HeaderLength..]);
        if ((flags & RequiredFlags & ~(ChecksumPresent | MoreToCome)) != 0)
        {
            throw new ProtocolException($"OP_MSG with unknown flags {flags:X}");
        }

        var end = message.Length;
        if ((flags & ChecksumPresent) != 0)
        {
            end -= ChecksumLength;
            VerifyChecksum(span, end);
        }

        return ReadSections(message[(WireProtocol.HeaderLength + 4)..end], (flags & MoreToCome) == 0);
    }

    private static CommandRequest ReadSections(ReadOnlyMemory<byte> rest, bool expectsReply)
    {
        BsonDocument? body = null;
        var sequences = new Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>>(StringComparer.Ordinal);
        while (!rest.IsEmpty)
        {
            var kind = rest.Span[0];
            rest = rest[1..];
            var section = Take(rest);
            rest = rest[section.Length..];
            switch (kind)
            {
                case 0 when body is null:
                    body = ReadBody(section, sequences);
                    break;
                case 1:
                    ReadSequence(section, sequences);
                    break;
                default:
                    throw new ProtocolException($"OP_MSG section of kind {kind} is not expected");
            }
        }

        return body is null
            ? throw new ProtocolException("OP_MSG without a body")
            : new CommandRequest(body, sequences, expectsReply, IsLegacy: false);
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> rest)
    {
        var length = rest.Length < 4 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        return length >= 5 && length <= rest.Length
            ? rest[..length]
            : throw new ProtocolException("OP_MSG section with a wrong length");
    }

    // Documents to insert stay bytes: they are checked once and stored as they are.
    private static BsonDocument ReadBody(
        ReadOnlyMemory<byte> section,
        Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> sequences)
    {
        BsonValidator.ValidateStructure(section.Span);
        var body = new BsonDocument();
        foreach (var element in new BsonSlice(section.Span))
        {
            var name = Encoding.UTF8.GetString(element.Name);
            if (name == RawField && element.Value.Type == BsonType.Array)
            {
                sequences.Add(name, Documents(section, element.Value));
            }
            else
            {
                body.Set(name, element.Value.ToBsonValue());
            }
        }

        return body;
    }

    private static List<ReadOnlyMemory<byte>> Documents(ReadOnlyMemory<byte> section, BsonValueSlice array)
    {
        var documents = new List<ReadOnlyMemory<byte>>();
        foreach (var element in array.AsDocument)
        {
            if (element.Value.Type != BsonType.Document)
            {
                throw new ProtocolException("documents holds something that is not a document");
            }

            section.Span.Overlaps(element.Value.Bytes, out var offset);
            documents.Add(section.Slice(offset, element.Value.Bytes.Length));
        }

        return documents;
    }

    private static void ReadSequence(
        ReadOnlyMemory<byte> section,
        Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> sequences)
    {
        var nameLength = section.Span[4..].IndexOf((byte)0);
        if (nameLength < 0)
        {
            throw new ProtocolException("OP_MSG document sequence without a name");
        }

        var name = Encoding.UTF8.GetString(section.Span.Slice(4, nameLength));
        var rest = section[(4 + nameLength + 1)..];
        var documents = new List<ReadOnlyMemory<byte>>();
        while (!rest.IsEmpty)
        {
            var document = Take(rest);
            BsonValidator.ValidateStructure(document.Span);
            documents.Add(document);
            rest = rest[document.Length..];
        }

        if (!sequences.TryAdd(name, documents))
        {
            throw new ProtocolException($"OP_MSG with two document sequences {name}");
        }
    }

    private static void VerifyChecksum(ReadOnlySpan<byte> message, int end)
    {
        if (end < WireProtocol.HeaderLength + 4)
        {
            throw new ProtocolException("OP_MSG too short for its checksum");
        }

        var sum = uint.MaxValue;
        foreach (var value in message[..end])
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        if (~sum != BinaryPrimitives.ReadUInt32LittleEndian(message[end..]))
        {
            throw new ProtocolException("OP_MSG with a wrong checksum");
        }
    }
}
