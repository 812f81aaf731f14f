namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>The header of a frame: one group of operations that is recovered whole or not at all.</summary>
/// <param name="BodyLength">The bytes of its operations.</param>
/// <param name="Position">The log position where the frame begins.</param>
/// <param name="DurablePosition">Up to where the log was known to be on disk when the frame was written.</param>
/// <param name="OperationCount">How many operations there are.</param>
internal readonly record struct FrameHeader(int BodyLength, long Position, long DurablePosition, int OperationCount);
