namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>
/// What may end an operation before it is done: the time of <c>maxTimeMS</c>, and the end of the connection that waits for
/// it. Time counts only while a command works, so that a cursor's later batches use up what the first one left.
/// </summary>
internal sealed class TimeBudget
{
    private readonly TimeProvider _time;
    private CancellationToken _connection;
    private TimeSpan? _left;
    private long _started;
    private bool _isRunning;

    /// <summary>Makes a budget; it runs from the first <see cref="Resume"/> on.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="limit">The time that there is; null for no end.</param>
    public TimeBudget(TimeProvider time, TimeSpan? limit)
    {
        _time = time;
        _left = limit;
    }

    /// <summary>A budget without an end.</summary>
    public static TimeBudget Unlimited { get; } = new(TimeProvider.System, null);

    /// <summary>The time that is left, below zero when it is used up; null for no end.</summary>
    public TimeSpan? Left => _isRunning ? _left - _time.GetElapsedTime(_started) : _left;

    /// <summary>A command begins to work.</summary>
    /// <param name="connection">Ends when nobody waits for the command any more.</param>
    public void Resume(CancellationToken connection)
    {
        _connection = connection;
        _started = _time.GetTimestamp();
        _isRunning = true;
    }

    /// <summary>The command is answered; its cursor may be read later, over another connection.</summary>
    public void Pause()
    {
        _left = Left;
        _connection = default;
        _isRunning = false;
    }

    /// <summary>Throws when the client is gone or the time is over. Cheap enough for every document and every step.</summary>
    /// <exception cref="CommandException">The time is over.</exception>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public void Check()
    {
        _connection.ThrowIfCancellationRequested();
        if (_left is not null && Left < TimeSpan.Zero)
        {
            throw new CommandException(ErrorCode.MaxTimeMSExpired, "operation exceeded time limit");
        }
    }
}
