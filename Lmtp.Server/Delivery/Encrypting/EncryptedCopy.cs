using Lmtp.Server.Delivery.Spool;
using Lmtp.Server.Mime;

namespace Lmtp.Server.Delivery.Encrypting;

/// <summary>A message as it is encrypted for one recipient, spooled and indexed like one that arrived.</summary>
internal sealed class EncryptedCopy(MessageSpool spool, MessageIndexer indexer, IndexedMessage message, MessageCopy copy) : IAsyncDisposable
{
    private bool _isDisposed;

    /// <summary>How it is encrypted, as delivery plans and the delivery log name it.</summary>
    public required string Kind { get; init; }

    /// <summary>Where its randomness comes from.</summary>
    public required byte[] Seed { get; init; }

    /// <summary>The encrypted message.</summary>
    public IndexedMessage Message { get; } = message;

    /// <summary>The encrypted message with the header lines that the delivery adds.</summary>
    public MessageCopy Copy { get; } = copy;

    public ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return ValueTask.CompletedTask;
        }

        _isDisposed = true;
        Message.Dispose();
        indexer.Dispose();
        return spool.DisposeAsync();
    }
}
