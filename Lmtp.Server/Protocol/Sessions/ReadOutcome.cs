using System.Buffers;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>What a wait for input gave.</summary>
/// <param name="Status">How the wait ended.</param>
/// <param name="Buffer">
/// The input, with <see cref="ReadStatus.Data"/> and <see cref="ReadStatus.EndOfInput"/>; valid until the next read.
/// What <see cref="SessionTransport.Advance(SequencePosition)"/> does not pass over comes again.
/// </param>
internal readonly record struct ReadOutcome(ReadStatus Status, ReadOnlySequence<byte> Buffer);
