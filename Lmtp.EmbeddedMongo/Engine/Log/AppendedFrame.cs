namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>Where a frame went.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">The offset of the frame in its file.</param>
/// <param name="End">The log position after the frame.</param>
internal readonly record struct AppendedFrame(Segment Segment, long Offset, LogPosition End)
{
    /// <summary>The location of an operation of the frame.</summary>
    /// <param name="offsetInFrame">Where it begins in the frame.</param>
    /// <param name="dataLength">The length of its data.</param>
    public RecordLocation LocationOf(int offsetInFrame, int dataLength) =>
        RecordLocation.Of(Segment.Number, Offset + offsetInFrame, FrameFormat.OperationSize(dataLength));
}
