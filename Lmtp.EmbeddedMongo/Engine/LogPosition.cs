namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>The end of a write in the log: once the log is on disk up to here, the write survives anything.</summary>
/// <param name="Value">Bytes since the first segment began; 0 for nothing written.</param>
internal readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    /// <inheritdoc/>
    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    /// <summary>The later of two positions.</summary>
    public static LogPosition Max(LogPosition left, LogPosition right) => left.Value >= right.Value ? left : right;
}
