namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>Walks all records of a collection in the order of insertion, or against it. Writers do not disturb it.</summary>
internal sealed class RecordScan
{
    private readonly RecordTable _records;
    private readonly bool _forward;
    private long _position;

    /// <summary>Starts before the first record.</summary>
    public RecordScan(RecordTable records, bool forward)
    {
        _records = records;
        _forward = forward;
        _position = forward ? 0 : long.MaxValue;
    }

    /// <summary>The record the scan stands on.</summary>
    public RecordId Current => new(_position);

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        RecordId? next = _forward ? _records.Next(_position) : _records.Previous(_position);
        _position = next?.Value ?? (_forward ? long.MaxValue - 1 : 0);
        return next is not null;
    }
}
