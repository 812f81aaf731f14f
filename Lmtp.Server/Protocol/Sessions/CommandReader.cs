using System.Buffers;
using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>
/// Cuts the input into command lines. Only CRLF ends one. A line beyond the limit is read away without being kept,
/// up to a point.
/// </summary>
internal sealed class CommandReader(SessionTransport transport, LimitOptions limits, TimeProvider time)
{
    /// <summary>A line this many times over the limit is taken for an attack.</summary>
    private const int EndlessFactor = 256;

    /// <summary>The first byte of a TLS record that carries a handshake.</summary>
    private const byte TlsHandshake = 0x16;

    private bool _first = true;

    /// <summary>Waits for the next line.</summary>
    /// <param name="sessionLeft">How long the whole session may still last.</param>
    /// <param name="stoppable">Whether a stop of the server ends the wait.</param>
    public async ValueTask<LineOutcome> ReadLineAsync(TimeSpan sessionLeft, bool stoppable)
    {
        var begun = time.GetTimestamp();
        var partial = false;
        var discarded = 0L;
        while (true)
        {
            var allowed = partial ? limits.CommandTimeout - time.GetElapsedTime(begun) : limits.IdleTimeout;
            var read = await transport.ReadAsync(allowed < sessionLeft ? allowed : sessionLeft, stoppable);
            if (read.Status is not (ReadStatus.Data or ReadStatus.EndOfInput))
            {
                return new(Interrupted(read.Status, partial), default);
            }

            var buffer = read.Buffer;
            if (_first && !buffer.IsEmpty)
            {
                _first = false;
                if (buffer.FirstSpan[0] == TlsHandshake)
                {
                    return new(LineStatus.TlsHandshake, default);
                }
            }

            if (TryFindEnd(buffer, out var line, out var next))
            {
                transport.Advance(next);
                return discarded + line.Length + 2 > limits.MaxCommandLength
                    ? new(LineStatus.TooLong, default)
                    : new(LineStatus.Line, line.IsSingleSegment ? line.First : line.ToArray());
            }

            if (discarded + buffer.Length > (long)limits.MaxCommandLength * EndlessFactor)
            {
                transport.Advance(buffer.End);
                return new(LineStatus.Endless, default);
            }

            if (read.Status == ReadStatus.EndOfInput)
            {
                transport.Advance(buffer.End);
                return new(LineStatus.EndOfInput, default);
            }

            if (!partial)
            {
                partial = true;
                begun = time.GetTimestamp();
            }

            discarded += DiscardOverlong(buffer);
        }
    }

    private static LineStatus Interrupted(ReadStatus status, bool partial) => status switch
    {
        ReadStatus.TimedOut => partial ? LineStatus.TooSlow : LineStatus.Idle,
        ReadStatus.Stopping => LineStatus.Stopping,
        _ => LineStatus.ClientGone,
    };

    private static bool TryFindEnd(ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line, out SequencePosition next)
    {
        var reader = new SequenceReader<byte>(buffer);
        var found = reader.TryReadTo(out line, "\r\n"u8);
        next = reader.Position;
        return found;
    }

    /// <summary>Drops what is beyond the limit, but for a CR that may turn out to be half of the line's end.</summary>
    private long DiscardOverlong(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < limits.MaxCommandLength)
        {
            transport.Advance(buffer.Start, buffer.End);
            return 0;
        }

        var dropped = buffer.Length - 1;
        transport.Advance(buffer.GetPosition(dropped), buffer.End);
        return dropped;
    }
}
