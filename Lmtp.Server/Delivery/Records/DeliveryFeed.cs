using System.Collections.Concurrent;
using System.Threading.Channels;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Delivery.Records;

/// <summary>
/// Shows the deliveries of this process to whoever watches, as soon as the log has them. A watcher that is too slow misses
/// the oldest.
/// </summary>
internal sealed class DeliveryFeed
{
    private const int Backlog = 1_000;

    private readonly ConcurrentDictionary<Channel<DeliveryRecord>, DeliveryLogQuery> _watchers = new();

    /// <summary>How many watch.</summary>
    public int Watchers => _watchers.Count;

    /// <summary>Shows an entry. Never waits.</summary>
    public void Publish(DeliveryRecord record)
    {
        if (_watchers.IsEmpty)
        {
            return;
        }

        foreach (var (channel, query) in _watchers)
        {
            if (query.Matches(record))
            {
                channel.Writer.TryWrite(record);
            }
        }
    }

    /// <summary>Watches from now on; entries that end before the first one is asked for are not lost.</summary>
    public DeliveryWatch Watch(DeliveryLogQuery query)
    {
        var channel = Channel.CreateBounded<DeliveryRecord>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers[channel] = query;
        return new DeliveryWatch(channel.Reader, () => _watchers.TryRemove(channel, out _));
    }
}
