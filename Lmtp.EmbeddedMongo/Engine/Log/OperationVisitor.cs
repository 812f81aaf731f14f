namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>Receives the operations of a log in their order.</summary>
/// <param name="operation">The operation.</param>
/// <param name="location">Where it is.</param>
internal delegate void OperationVisitor(OperationSlice operation, RecordLocation location);
