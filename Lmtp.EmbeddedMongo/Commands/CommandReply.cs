using System.Buffers;
using System.Buffers.Binary;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>A command's answer, which knows its length before it is written.</summary>
internal abstract class CommandReply
{
    /// <summary>Bytes of the answer's document.</summary>
    public abstract int Length { get; }

    /// <summary>An answer of one document.</summary>
    /// <param name="document">The document.</param>
    public static implicit operator CommandReply(BsonDocument document) => new DocumentReply(document);

    /// <summary>Writes the document.</summary>
    /// <param name="output">Where to.</param>
    public abstract void Write(IBufferWriter<byte> output);
}

/// <summary>An answer of one document.</summary>
/// <param name="document">The document.</param>
internal sealed class DocumentReply(BsonDocument document) : CommandReply
{
    private readonly byte[] _bytes = document.ToBson();

    /// <inheritdoc />
    public override int Length => _bytes.Length;

    /// <inheritdoc />
    public override void Write(IBufferWriter<byte> output) => output.Write(_bytes);
}

/// <summary>An answer with a batch of a cursor; its documents are passed on as they are.</summary>
internal sealed class CursorReply : CommandReply
{
    private static readonly byte[] Ok = new BsonDocument("ok", 1.0).ToBson()[4..^1];

    private readonly byte[] _batchName;
    private readonly byte[] _tail;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _batch;
    private readonly int _arrayLength;
    private readonly int _cursorLength;

    /// <summary>Makes the answer.</summary>
    /// <param name="ns">Database and collection, with a dot.</param>
    /// <param name="cursorId">The cursor's number, 0 when it is at its end.</param>
    /// <param name="batch">The documents.</param>
    /// <param name="isFirst">Whether this is the first batch.</param>
    public CursorReply(string ns, long cursorId, IReadOnlyList<ReadOnlyMemory<byte>> batch, bool isFirst)
    {
        _batch = batch;
        _batchName = isFirst ? "firstBatch"u8.ToArray() : "nextBatch"u8.ToArray();
        _tail = new BsonDocument { { "id", cursorId }, { "ns", ns } }.ToBson()[4..];
        _arrayLength = 5;
        for (var i = 0; i < batch.Count; i++)
        {
            _arrayLength += 2 + DecimalDigits(i) + batch[i].Length;
        }

        _cursorLength = 4 + 1 + _batchName.Length + 1 + _arrayLength + _tail.Length;
    }

    /// <inheritdoc />
    public override int Length => 4 + 1 + "cursor\0"u8.Length + _cursorLength + Ok.Length + 1;

    /// <inheritdoc />
    public override void Write(IBufferWriter<byte> output)
    {
        WriteInt32(output, Length);
        WriteName(output, BsonType.Document, "cursor"u8);
        WriteInt32(output, _cursorLength);
        WriteName(output, BsonType.Array, _batchName);
        WriteInt32(output, _arrayLength);
        Span<byte> index = stackalloc byte[10];
        for (var i = 0; i < _batch.Count; i++)
        {
            i.TryFormat(index, out var digits, default, System.Globalization.CultureInfo.InvariantCulture);
            WriteName(output, BsonType.Document, index[..digits]);
            output.Write(_batch[i].Span);
        }

        output.Write("\0"u8);
        output.Write(_tail);
        output.Write(Ok);
        output.Write("\0"u8);
    }

    private static int DecimalDigits(int number)
    {
        var digits = 1;
        for (var rest = number; rest >= 10; rest /= 10)
        {
            digits++;
        }

        return digits;
    }

    private static void WriteInt32(IBufferWriter<byte> output, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    private static void WriteName(IBufferWriter<byte> output, BsonType type, ReadOnlySpan<byte> name)
    {
        var span = output.GetSpan(name.Length + 2);
        span[0] = (byte)type;
        name.CopyTo(span[1..]);
        span[name.Length + 1] = 0;
        output.Advance(name.Length + 2);
    }
}
