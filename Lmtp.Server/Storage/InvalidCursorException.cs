namespace Lmtp.Server.Storage;

/// <summary>A part of a list was asked for with a cursor that the list has not given out.</summary>
internal sealed class InvalidCursorException() : Exception("This is not a cursor of this list.");
