namespace Lmtp.Server.Mime.Recovery;

/// <summary>Finds out whether a stored copy gives back what was received, and makes up for it where it does not.</summary>
public static class MessageRecovery
{
    // Finding what two long pieces share takes several times their length in memory: one at a time.
    private const int LargeDifference = 1024 * 1024;

    private static readonly SemaphoreSlim LargePatches = new(1);

    /// <summary>
    /// The patch that has to be stored with a copy; null when the copy gives back the received bytes by itself.
    /// </summary>
    public static async ValueTask<byte[]?> CreatePatchAsync(MessageCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        var source = copy.Message.Source;
        var comparer = new ReceivedComparer(source);
        await RebuiltMessage.WriteAsync(copy, comparer.WriteAsync, comparer.WriteAttachmentAsync, cancellationToken).ConfigureAwait(false);
        if (comparer.IsEqual)
        {
            return null;
        }

        var difference = await Difference.FindAsync(copy, comparer.EqualLength, cancellationToken).ConfigureAwait(false);
        var isLarge = difference.ReceivedEnd - difference.Start > LargeDifference;
        if (isLarge)
        {
            await LargePatches.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var rebuilt = await difference.ReadRebuiltAsync(copy, cancellationToken).ConfigureAwait(false);
            var received = new byte[difference.ReceivedEnd - difference.Start];
            await source.ReadAsync(difference.Start, received, cancellationToken).ConfigureAwait(false);
            return RecoveryPatch.Create(difference, rebuilt, received);
        }
        finally
        {
            if (isLarge)
            {
                LargePatches.Release();
            }
        }
    }
}
