using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>
/// How many users are delivered to at once, and how often the same one: a slow mailbox must not take all the places.
/// </summary>
internal sealed class DeliveryGate(IOptions<DeliveryOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _all = new(options.Value.Concurrency, options.Value.Concurrency);
    private readonly Dictionary<string, UserPlaces> _users = new(StringComparer.Ordinal);

    /// <summary>
    /// Waits for a place and holds it until the result is disposed; null when the user's own places stayed taken.
    /// </summary>
    public async Task<IDisposable?> EnterAsync(string user, CancellationToken cancellationToken)
    {
        var places = Join(user);
        var hasOwn = false;
        Place? place = null;
        try
        {
            if (await WaitForUserAsync(places, cancellationToken))
            {
                hasOwn = true;
                await _all.WaitAsync(cancellationToken);
                place = new Place(this, user, places);
            }

            return place;
        }
        finally
        {
            if (place is null)
            {
                if (hasOwn)
                {
                    places.Free.Release();
                }

                Leave(user, places);
            }
        }
    }

    public void Dispose() => _all.Dispose();

    private async Task<bool> WaitForUserAsync(UserPlaces places, CancellationToken cancellationToken)
    {
        if (places.Free.Wait(0, CancellationToken.None))
        {
            return true;
        }

        using var waiting = new CancellationTokenSource(options.Value.ConcurrencyPerUserWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        try
        {
            await places.Free.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private UserPlaces Join(string user)
    {
        lock (_users)
        {
            if (!_users.TryGetValue(user, out var places))
            {
                _users[user] = places = new UserPlaces(options.Value.ConcurrencyPerUser);
            }

            places.Members++;
            return places;
        }
    }

    private void Leave(string user, UserPlaces places)
    {
        lock (_users)
        {
            if (--places.Members == 0)
            {
                _users.Remove(user);
                places.Free.Dispose();
            }
        }
    }

    private sealed class UserPlaces(int count)
    {
        public SemaphoreSlim Free { get; } = new(count, count);

        public int Members { get; set; }
    }

    private sealed class Place(DeliveryGate gate, string user, UserPlaces places) : IDisposable
    {
        public void Dispose()
        {
            gate._all.Release();
            places.Free.Release();
            gate.Leave(user, places);
        }
    }
}
