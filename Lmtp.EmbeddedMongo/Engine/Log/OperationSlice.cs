namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>An operation of the log inside a larger buffer.</summary>
internal readonly ref struct OperationSlice
{
    /// <summary>Points at an operation.</summary>
    public OperationSlice(LogOperation kind, uint collection, long record, ReadOnlySpan<byte> data)
    {
        Kind = kind;
        Collection = collection;
        Record = record;
        Data = data;
    }

    /// <summary>What it does.</summary>
    public LogOperation Kind { get; }

    /// <summary>The collection's number.</summary>
    public uint Collection { get; }

    /// <summary>The record's id.</summary>
    public long Record { get; }

    /// <summary>The document.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The bytes it takes with header and padding.</summary>
    public int Size => FrameFormat.OperationSize(Data.Length);
}
