namespace Lmtp.Server.Protocol.Sessions;

/// <summary>A command line without its CRLF, valid until the next read; or why there is none.</summary>
internal readonly record struct LineOutcome(LineStatus Status, ReadOnlyMemory<byte> Line);
