using System.Threading.Channels;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Delivery.Records;

/// <summary>One watcher of the deliveries; disposing it ends the watch.</summary>
internal sealed class DeliveryWatch(ChannelReader<DeliveryRecord> reader, Action end) : IDisposable
{
    /// <summary>The entries, in the order in which the deliveries ended.</summary>
    public ChannelReader<DeliveryRecord> Entries { get; } = reader;

    public void Dispose() => end();
}
