using System.Collections.Concurrent;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Remembers for seconds which user an exact address belongs to. Nothing else is remembered, and what is found here is
/// read again by its id before anything is stored: WildDuck changes addresses and users without telling us.
/// </summary>
internal sealed class AddressCache(IOptions<DeliveryOptions> options, TimeProvider time)
{
    private const int MaxEntries = 100_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>What is remembered under a look-up key; null when nothing is.</summary>
    public CachedAddress? Find(string view) =>
        _entries.TryGetValue(view, out var entry) && time.GetElapsedTime(entry.Stored) < options.Value.AddressCacheTime
            ? entry.Address
            : null;

    public void Store(string view, MailAddressEntry address)
    {
        if (options.Value.AddressCacheTime == TimeSpan.Zero || address.User is not { } user)
        {
            return;
        }

        if (_entries.Count >= MaxEntries)
        {
            _entries.Clear();
        }

        _entries[view] = new Entry(new CachedAddress(address.Id, user), time.GetTimestamp());
    }

    public void Forget(string view) => _entries.TryRemove(view, out _);

    /// <summary>An address and its owner.</summary>
    internal readonly record struct CachedAddress(ObjectId Address, ObjectId User);

    private readonly record struct Entry(CachedAddress Address, long Stored);
}
