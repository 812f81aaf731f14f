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

    // Of the line that is being read: fields, because what an asynchronous method keeps is kept a second time.
    private long _begun;
    private bool _partial;
    private long _discarded;

    /// <summary>Waits for the next line.</summary>
    /// <param name="sessionLeft">How long the whole session may still last.</param>
    /// <param name="stoppable">Whether a stop of the server ends the wait.</param>
    public async ValueTask<LineOutcome> ReadLineAsync(TimeSpan sessionLeft, bool stoppable)
    {
        _begun = time.GetTimestamp();
        _partial = false;
        _discarded = 0;
        while (true)
        {
            if (Take(await transport.ReadAsync(Allowed(sessionLeft), stoppable)) is { } outcome)
            {
                return outcome;
            }
        }
    }

    private TimeSpan Allowed(TimeSpan sessionLeft)
    {
        var allowed = _partial ? limits.CommandTimeout - time.GetElapsedTime(_begun) : limits.IdleTimeout;
        return allowed < sessionLeft ? allowed : sessionLeft;
    }

    /// <summary>Takes a line off the input; null when there must come more.</summary>
    private LineOutcome? Take(in ReadOutcome read)
    {
        if (read.Status is not (ReadStatus.Data or ReadStatus.EndOfInput))
        {
            return new(Interrupted(read.Status), default);
        }

        var buffer = read.Buffer;
        if (IsTlsHandshake(buffer))
        {
            return new(LineStatus.TlsHandshake, default);
        }

        if (TryFindEnd(buffer, out var line, out var next))
        {
            transport.Advance(next);
            return _discarded + line.Length + 2 > limits.MaxCommandLength
                ? new(LineStatus.TooLong, default)
                : new(LineStatus.Line, line.IsSingleSegment ? line.First : line.ToArray());
        }

        if (_discarded + buffer.Length > (long)limits.MaxCommandLength * EndlessFactor)
        {
            transport.Advance(buffer.End);
            return new(LineStatus.Endless, default);
        }

        if (read.Status == ReadStatus.EndOfInput)
        {
            transport.Advance(buffer.End);
            return new(LineStatus.EndOfInput, default);
        }

        if (!_partial)
        {
            _partial = true;
            _begun = time.GetTimestamp();
        }

        _discarded += DiscardOverlong(buffer);
        return null;
    }

    private bool IsTlsHandshake(in ReadOnlySequence<byte> buffer)
    {
        if (!_first || buffer.IsEmpty)
        {
            return false;
        }

        _first = false;
        return buffer.FirstSpan[0] == TlsHandshake;
    }

    private LineStatus Interrupted(ReadStatus status) => status switch
    {
        ReadStatus.TimedOut => _partial ? LineStatus.TooSlow : LineStatus.Idle,
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
