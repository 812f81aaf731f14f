using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>One message of MongoDB's wire protocol, as far as a proxy looks at it.</summary>
internal sealed class WireMessage(byte[] bytes)
{
    private const int HeaderLength = 16;
    private const int OpMsg = 2013;
    private const int LargestMessage = 48_000_000;

    private static readonly string[] WriteCommands = ["insert", "update", "delete", "findAndModify"];

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>When it came, as <see cref="TimeProvider.GetTimestamp"/> says it.</summary>
    public long ReadAt { get; } = TimeProvider.System.GetTimestamp();

    public int RequestId => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));

    public int ResponseTo => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));

    /// <summary>The command and its collection where it is one that changes documents, such as <c>insert messages</c>; else null.</summary>
    public string? WriteName() =>
        Command() is { } command && WriteCommands.Contains(command.Name) ? $"{command.Name} {command.Value.AsString}" : null;

    /// <summary>The command and what it is for, whatever it is.</summary>
    public string CommandName() => Command() is { } command ? $"{command.Name} {command.Value}" : "another kind of message";

    private BsonElement? Command()
    {
        const int FlagsLength = 4;
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)) != OpMsg || bytes[HeaderLength + FlagsLength] != 0)
        {
            return null;
        }

        var start = HeaderLength + FlagsLength + 1;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start));
        return BsonSerializer.Deserialize<BsonDocument>(bytes[start..(start + length)]).GetElement(0);
    }

    /// <summary>Reads the next message; null at the end of the stream.</summary>
    public static async Task<WireMessage?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var prefix = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellationToken) < prefix.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        Assert.InRange(length, HeaderLength, LargestMessage);
        var bytes = new byte[length];
        prefix.CopyTo(bytes, 0);
        await stream.ReadExactlyAsync(bytes.AsMemory(prefix.Length), cancellationToken);
        return new WireMessage(bytes);
    }
}
