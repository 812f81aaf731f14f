using System.Buffers;
using System.IO.Pipelines;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>
/// The two directions of a connection as the session uses them: replies are collected and go out in one write before
/// the session waits for anything; every wait has an end. Not thread-safe, but for <see cref="RequestStop"/> and <see cref="RequestAbort"/>.
/// </summary>
internal sealed class SessionTransport(IDuplexPipe pipe, TimeProvider time, TimeSpan writeTimeout) : IDisposable
{
    /// <summary>More than this is not collected, however long the batch.</summary>
    private const int FlushThreshold = 32 * 1024;

    private PipeReader _input = pipe.Input;
    private PipeWriter _output = pipe.Output;
    private ITimer? _timer;
    private long _unflushed;
    private SequencePosition _consumed;
    private SequencePosition _examined;
    private bool _reading;
    private volatile bool _flushing;
    private volatile bool _stopRequested;
    private volatile bool _abortRequested;

    /// <summary>The pipe in use.</summary>
    public IDuplexPipe Pipe { get; private set; } = pipe;

    /// <summary>Whether the server asked the session to end.</summary>
    public bool StopRequested => _stopRequested;

    /// <summary>Whether the client has stopped taking our replies.</summary>
    public bool ClientGone { get; private set; }

    /// <summary>Whether that is because the client left them unread for too long.</summary>
    public bool WriteTimedOut { get; private set; }

    /// <summary>Asks the session to end at the next command boundary. May be called from any thread.</summary>
    public void RequestStop()
    {
        _stopRequested = true;
        _input.CancelPendingRead();
    }

    /// <summary>Asks the session to end wherever it waits for the client. May be called from any thread.</summary>
    public void RequestAbort()
    {
        _abortRequested = true;
        RequestStop();
    }

    /// <summary>Whether the client has sent more than what was advanced over.</summary>
    public bool HasInput()
    {
        Release();
        if (!_input.TryRead(out var result))
        {
            return false;
        }

        _input.AdvanceTo(result.Buffer.Start, result.Buffer.Start);
        return !result.Buffer.IsEmpty;
    }

    /// <summary>Goes on over another pipe; everything that was written must have been flushed.</summary>
    public void Switch(IDuplexPipe pipe)
    {
        Release();
        Pipe = pipe;
        _output = pipe.Output;
        _input = pipe.Input;
        if (_stopRequested)
        {
            _input.CancelPendingRead();
        }
    }

    /// <summary>How often input came while there was none: each time the client had all replies sent before.</summary>
    public int Arrivals { get; private set; }

    /// <summary>Adds a reply to those that go out with the next flush.</summary>
    public void Write(in Reply reply)
    {
        _output.Write(reply.Bytes.Span);
        _unflushed += reply.Bytes.Length;
    }

    /// <summary>
    /// Returns input that was not examined yet, at once when there is some; otherwise sends the collected replies and
    /// waits. A stop of the server ends the wait only when <paramref name="stoppable"/>, an abort always.
    /// </summary>
    public ValueTask<ReadOutcome> ReadAsync(TimeSpan timeout, bool stoppable)
    {
        Release();
        if (_unflushed > FlushThreshold || ClientGone)
        {
            return FlushAndReadAsync(timeout, stoppable);
        }

        if (MustStop(stoppable))
        {
            return ValueTask.FromResult(new ReadOutcome(ReadStatus.Stopping, default));
        }

        return _input.TryRead(out var result) && TryTake(result, out var outcome)
            ? ValueTask.FromResult(outcome)
            : WaitAsync(timeout, stoppable);
    }

    /// <summary>
    /// Says what has been used of the input, and how far it was looked at: what lies between is kept, and comes again
    /// only together with something new. The memory stays valid until the next read.
    /// </summary>
    public void Advance(SequencePosition consumed, SequencePosition examined)
    {
        _consumed = consumed;
        _examined = examined;
    }

    /// <summary>Says what has been used of the input.</summary>
    public void Advance(SequencePosition consumed) => Advance(consumed, consumed);

    /// <summary>Gives the input that was advanced over back to the pipe.</summary>
    public void Release()
    {
        if (_reading)
        {
            _reading = false;
            _input.AdvanceTo(_consumed, _examined);
        }
    }

    /// <summary>Sends the collected replies; false when the client does not take them.</summary>
    public async ValueTask<bool> FlushAsync()
    {
        if (ClientGone)
        {
            return false;
        }

        if (_unflushed == 0)
        {
            return true;
        }

        _unflushed = 0;
        var started = time.GetTimestamp();
        FlushResult result;
        do
        {
            result = await FlushOnceAsync();
        }
        while (result.IsCanceled && time.GetElapsedTime(started) < writeTimeout);

        ClientGone = result.IsCompleted || result.IsCanceled;
        WriteTimedOut = result.IsCanceled;
        return !ClientGone;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private bool MustStop(bool stoppable) => _abortRequested || (stoppable && _stopRequested);

    private async ValueTask<FlushResult> FlushOnceAsync()
    {
        var flush = _output.FlushAsync(CancellationToken.None);
        if (flush.IsCompleted)
        {
            return await flush;
        }

        _flushing = true;
        StartTimer(writeTimeout);
        try
        {
            return await flush;
        }
        finally
        {
            StopTimer();
            _flushing = false;
        }
    }

    private async ValueTask<ReadOutcome> FlushAndReadAsync(TimeSpan timeout, bool stoppable) =>
        await FlushAsync() ? await ReadAsync(timeout, stoppable) : new(ReadStatus.ClientGone, default);

    private async ValueTask<ReadOutcome> WaitAsync(TimeSpan timeout, bool stoppable)
    {
        if (!await FlushAsync())
        {
            return new(ReadStatus.ClientGone, default);
        }

        var started = time.GetTimestamp();
        while (true)
        {
            if (MustStop(stoppable))
            {
                StopTimer();
                return new(ReadStatus.Stopping, default);
            }

            if (!StartTimerFor(timeout - time.GetElapsedTime(started)))
            {
                return new(ReadStatus.TimedOut, default);
            }

            if (TryTake(await _input.ReadAsync(CancellationToken.None), out var outcome))
            {
                StopTimer();
                Arrivals++;
                return outcome;
            }
        }
    }

    /// <summary>False when the read was interrupted and brought nothing.</summary>
    private bool TryTake(in ReadResult result, out ReadOutcome outcome)
    {
        if (result.IsCanceled)
        {
            // A timer or a stop that came too late for the read it was meant for is harmless: the caller decides anew.
            _input.AdvanceTo(result.Buffer.Start, result.Buffer.Start);
            outcome = default;
            return false;
        }

        _reading = true;
        Advance(result.Buffer.Start);
        outcome = new(result.IsCompleted ? ReadStatus.EndOfInput : ReadStatus.Data, result.Buffer);
        return true;
    }

    /// <summary>False when nothing is left of the time.</summary>
    private bool StartTimerFor(TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            StopTimer();
            return false;
        }

        StartTimer(left);
        return true;
    }

    private void StartTimer(TimeSpan due)
    {
        if (_timer is null)
        {
            _timer = time.CreateTimer(static state => ((SessionTransport)state!).Interrupt(), this, due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void StopTimer() => _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Interrupt()
    {
        if (_flushing)
        {
            _output.CancelPendingFlush();
        }
        else
        {
            _input.CancelPendingRead();
        }
    }
}
