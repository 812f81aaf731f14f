namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// Keeps from the database each request that has some bytes in it, until they are let go or this is disposed of. Only the
/// connections that carry such a request wait.
/// </summary>
internal sealed class HeldRequests(ReadOnlyMemory<byte> bytes) : IDisposable
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Whether everything passes again.</summary>
    public bool IsReleased => _released.Task.IsCompleted;

    /// <summary>Returns when so many requests were held.</summary>
    public Task CountedAsync(int count) =>
        Eventually.TrueAsync(() => Volatile.Read(ref _count) >= count, state: () => $"{Volatile.Read(ref _count)} of {count}");

    /// <summary>Lets go what is held, and holds nothing from now on.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc cref="Release"/>
    public void Dispose() => Release();

    /// <summary>Returns when the request may go on: at once unless it has the bytes.</summary>
    public Task PassAsync(WireMessage request, CancellationToken cancellationToken)
    {
        if (IsReleased || request.Bytes.Span.IndexOf(bytes.Span) < 0)
        {
            return Task.CompletedTask;
        }

        Interlocked.Increment(ref _count);
        return _released.Task.WaitAsync(cancellationToken);
    }
}
