using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Wire;

/// <summary>The header that every message begins with.</summary>
/// <param name="Length">Bytes of the message, header included.</param>
/// <param name="RequestId">The client's number of the message.</param>
/// <param name="OpCode">The kind of message.</param>
internal readonly record struct MessageHeader(int Length, int RequestId, int OpCode)
{
    /// <summary>Reads a header.</summary>
    /// <param name="bytes">At least <see cref="WireProtocol.HeaderLength"/> bytes.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ProtocolException">The length is not possible.</exception>
    public static MessageHeader Read(ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return length is >= WireProtocol.HeaderLength and <= WireProtocol.MaxMessageBytes
            ? new MessageHeader(
                length,
                BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]))
            : throw new ProtocolException($"message length {length} is out of range");
    }

    /// <summary>Writes the header of an answer.</summary>
    /// <param name="bytes">At least <see cref="WireProtocol.HeaderLength"/> bytes.</param>
    /// <param name="length">Bytes of the message, header included.</param>
    /// <param name="requestId">The server's number of the message.</param>
    /// <param name="responseTo">The client's number of the message that is answered.</param>
    /// <param name="opCode">The kind of message.</param>
    public static void Write(Span<byte> bytes, int length, int requestId, int responseTo, int opCode)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], requestId);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], responseTo);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], opCode);
    }
}
