using System.Buffers.Binary;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace MongoDB.Driver.Wire;

/// <summary>Writes OP_MSG messages.</summary>
internal static class CommandEncoder
{
    public const int OpMsg = 2013;
    public const int HeaderSize = 16;

    private const int MoreToCome = 1 << 1;

    public static void Write(BsonOutput output, int requestId, DriverCommand command, BsonDocument extra, ServerLimits limits)
    {
        var start = output.BeginLength();
        output.WriteInt32(requestId);
        output.WriteInt32(0);
        output.WriteInt32(OpMsg);
        output.WriteInt32(command.ExpectsReply ? 0 : MoreToCome);
        output.WriteByte(0);
        WriteBody(output, command, extra);
        if (command.Sequence is not null)
        {
            output.WriteByte(1);
            var section = output.BeginLength();
            output.WriteCString(command.Sequence.Name);
            command.Sequence.Write(output, limits);
            output.EndLength(section);
        }

        output.EndLength(start);
    }

    public static int LengthOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    public static int ResponseToOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[8..]);

    public static int OpCodeOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[12..]);

    private static void WriteBody(BsonOutput output, DriverCommand command, BsonDocument extra)
    {
        var body = output.BeginLength();
        foreach (var element in command.Body)
        {
            BsonEncoder.WriteElement(output, element.Name, element.Value);
        }

        BsonEncoder.WriteElement(output, "$db", command.Database);
        foreach (var element in extra ?? [])
        {
            BsonEncoder.WriteElement(output, element.Name, element.Value);
        }

        output.WriteByte(0);
        output.EndLength(body);
    }
}
