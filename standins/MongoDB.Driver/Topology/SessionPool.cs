using MongoDB.Bson;

namespace MongoDB.Driver.Topology;

/// <summary>The sessions that operations use without being asked to; the one used last is used next.</summary>
internal sealed class SessionPool
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly Stack<Session> _idle = new();
    private readonly Lock _lock = new();

    public Session Acquire(TimeSpan timeout)
    {
        lock (_lock)
        {
            while (_idle.TryPop(out var session))
            {
                if (session.IdleTime < timeout - Margin)
                {
                    return session;
                }
            }
        }

        return new Session();
    }

    public void Release(Session session)
    {
        if (session is null || session.IsDirty)
        {
            return;
        }

        session.Touch();
        lock (_lock)
        {
            _idle.Push(session);
        }
    }

    /// <summary>Takes all idle sessions out.</summary>
    public List<BsonDocument> Drain()
    {
        lock (_lock)
        {
            var ids = _idle.Select(session => session.Id).ToList();
            _idle.Clear();
            return ids;
        }
    }
}

/// <summary>A session of the server.</summary>
internal sealed class Session
{
    private long _lastUsedAt = Environment.TickCount64;
    private long _transactionNumber;

    public BsonDocument Id { get; } = new("id", new BsonBinaryData(Guid.NewGuid(), GuidRepresentation.Standard));

    /// <summary>Whether the network failed while it was used, so that the server may still be at it.</summary>
    public bool IsDirty { get; set; }

    public TimeSpan IdleTime => TimeSpan.FromMilliseconds(Environment.TickCount64 - _lastUsedAt);

    public long NextTransactionNumber() => ++_transactionNumber;

    public void Touch() => _lastUsedAt = Environment.TickCount64;
}
