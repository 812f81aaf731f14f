namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>
/// Group commit: one flush acknowledges all writers that wait for it, and writes that nobody waits for are flushed at
/// most a journal interval later. Runs on a thread of its own, because flushing blocks.
/// </summary>
internal sealed partial class CommitLoop : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SegmentLog _log;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private TaskCompletionSource _next = NewGeneration();
    private bool _requested;
    private Action? _flushFailed;
    private bool _isClosed;
    private int _dirty;

    /// <summary>Starts the loop.</summary>
    public CommitLoop(SegmentLog log, TimeSpan interval, ILogger logger)
    {
        _log = log;
        _interval = interval;
        _logger = logger;
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Sets what is done once, before those who wait are told, when the log could not be flushed.</summary>
    public void OnFlushFailed(Action action) => Volatile.Write(ref _flushFailed, action);

    /// <summary>Says that something was appended, so that it is flushed within the journal interval.</summary>
    public void NoteAppended()
    {
        if (Interlocked.Exchange(ref _dirty, 1) == 0)
        {
            _signal.Release();
        }
    }

    /// <summary>Waits until the log is on disk up to a position.</summary>
    /// <exception cref="StorageException">It could not be put there.</exception>
    public async ValueTask WaitAsync(LogPosition position, CancellationToken cancellationToken)
    {
        if (_log.Durable >= position.Value)
        {
            return;
        }

        try
        {
            await NextCommit(position).WaitAsync(cancellationToken);
        }
        catch (StorageException) when (_log.Durable >= position.Value)
        {
            // The flush before got it on disk, and ended after this one was asked for.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _signal.Release();
        await _loop;
        _signal.Dispose();
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewGeneration() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task NextCommit(LogPosition position)
    {
        lock (_gate)
        {
            if (_log.Durable >= position.Value)
            {
                return Task.CompletedTask;
            }

            if (_isClosed)
            {
                return Task.FromException(StorageException.Closed());
            }

            if (!_requested)
            {
                _requested = true;
                _signal.Release();
            }

            return _next.Task;
        }
    }

    private void Run()
    {
        while (!_stopping.IsCancellationRequested)
        {
            _signal.Wait();
            while (_signal.Wait(0))
            {
                // Several may have asked since; one commit is the answer to all of them.
            }

            if (WaitForInterval())
            {
                Commit();
            }
        }

        lock (_gate)
        {
            _isClosed = true;
        }

        Commit();
    }

    // Without anybody waiting the flush is put off; a request ends the pause. False where there is nothing to do.
    private bool WaitForInterval()
    {
        bool requested;
        lock (_gate)
        {
            requested = _requested;
        }

        if (requested || _stopping.IsCancellationRequested)
        {
            return true;
        }

        bool isDirty = Volatile.Read(ref _dirty) != 0;
        if (isDirty)
        {
            _signal.Wait(_interval);
        }

        return isDirty;
    }

    private void Commit()
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            waiting = _next;
            _next = NewGeneration();
            _requested = false;
        }

        Interlocked.Exchange(ref _dirty, 0);
        try
        {
            // Whoever comes after a failed flush is told here, too: once what could not be flushed has been taken back.
            if (_log.End > _log.Durable || _log.FlushFailure is not null)
            {
                _log.Flush();
            }

            waiting.SetResult();
        }
        catch (Exception exception)
        {
            if (Interlocked.Exchange(ref _flushFailed, null) is { } takeBack)
            {
                FlushFailed(_logger, exception);
                takeBack();
            }

            waiting.SetException(exception);
            _ = waiting.Task.Exception;
        }
    }

    [LoggerMessage(1, LogLevel.Critical, "The journal could not be flushed; the database takes no more writes")]
    private static partial void FlushFailed(ILogger logger, Exception exception);
}
