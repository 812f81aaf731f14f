using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace MongoDB.Driver.Wire;

/// <summary>OP_MSG on the wire (MongoDB wire protocol, opcode 2013).</summary>
internal static class WireMessage
{
    public const int HeaderLength = 16;

    private const int OpMsg = 2013;
    private const int FlagsLength = 4;

    /// <summary>A whole request: header, flags, the command as section 0 and, if any, a document sequence as section 1.</summary>
    public static ArrayBufferWriter<byte> Encode(int requestId, BsonDocument command, DocumentSequence sequence)
    {
        var body = command.ToBson();
        var writer = new ArrayBufferWriter<byte>(HeaderLength + FlagsLength + 1 + body.Length + (sequence?.Length ?? 0) + 64);
        writer.Advance(HeaderLength + FlagsLength);
        writer.Write<byte>([0]);
        writer.Write<byte>(body);
        if (sequence is not null)
        {
            WriteSequence(writer, sequence);
        }

        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsMemory(writer.WrittenMemory).Span;
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], requestId);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], OpMsg);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], 0);
        return writer;
    }

    /// <summary>The reply's document; the span holds what follows the header.</summary>
    public static BsonDocument Decode(ReadOnlySpan<byte> header, byte[] body)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(header[12..]) != OpMsg || body.Length < FlagsLength + 1 + 5 || body[FlagsLength] != 0)
        {
            throw new MongoInternalException("The server's reply is no OP_MSG with a body section.");
        }

        return BsonSerializer.Deserialize<BsonDocument>(new MemoryStream(body, FlagsLength + 1, body.Length - FlagsLength - 1, writable: false));
    }

    private static void WriteSequence(ArrayBufferWriter<byte> writer, DocumentSequence sequence)
    {
        writer.Write<byte>([1]);
        var name = Encoding.UTF8.GetBytes(sequence.Name);
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), sizeof(int) + name.Length + 1 + sequence.Length);
        writer.Advance(sizeof(int));
        writer.Write<byte>(name);
        writer.Write<byte>([0]);
        foreach (var document in sequence.Documents)
        {
            writer.Write<byte>(document);
        }
    }
}
