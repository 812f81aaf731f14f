using System.Buffers.Binary;

namespace Lmtp.AppHost.Data;

/// <summary>The smallest dialogue that proves a server speaks its protocol: a connection alone proves nothing.</summary>
/// <param name="Name">What is asked, for the report.</param>
/// <param name="Request">The bytes sent.</param>
/// <param name="ResponseLength">How many bytes of the answer decide.</param>
/// <param name="IsExpected">Whether these bytes are the right answer.</param>
internal sealed record ProtocolProbe(string Name, byte[] Request, int ResponseLength, Func<ReadOnlyMemory<byte>, bool> IsExpected)
{
    private const int MessageHeaderLength = 16;
    private const int OperationMessage = 2013;
    private const int ProbeRequestId = 1;

    /// <summary>PING as an inline command, answered by +PONG.</summary>
    public static ProtocolProbe Redis { get; } = new("PING", [.. "PING\r\n"u8], 5, answer => answer.Span.SequenceEqual("+PONG"u8));

    /// <summary>The command hello as OP_MSG, answered by an OP_MSG that responds to it.</summary>
    public static ProtocolProbe Mongo { get; } = new(
        "hello",
        Hello(),
        MessageHeaderLength,
        answer => BinaryPrimitives.ReadInt32LittleEndian(answer.Span[8..]) == ProbeRequestId
            && BinaryPrimitives.ReadInt32LittleEndian(answer.Span[12..]) == OperationMessage);

    /// <summary>Header (length, id, response to, operation), flags, section kind 0, and { hello: 1, $db: "admin" }.</summary>
    private static byte[] Hello()
    {
        byte[] body = [0x10, .. "hello\0"u8, 1, 0, 0, 0, 0x02, .. "$db\0"u8, 6, 0, 0, 0, .. "admin\0"u8, 0];
        var documentLength = body.Length + sizeof(int);
        var message = new byte[MessageHeaderLength + sizeof(int) + 1 + documentLength];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), ProbeRequestId);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), OperationMessage);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(21), documentLength);
        body.CopyTo(message.AsSpan(25));
        return message;
    }
}
