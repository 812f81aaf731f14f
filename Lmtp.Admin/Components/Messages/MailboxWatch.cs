using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Messages;

/// <summary>Reads the newest messages of a mailbox again and again while somebody looks at it.</summary>
internal sealed class MailboxWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins to watch.</summary>
    /// <param name="read">Reads the newest messages.</param>
    /// <param name="show">Gets what was read.</param>
    public MailboxWatch(
        Func<CancellationToken, Task<PageResponse<MessageSummaryResponse>>> read,
        Func<PageResponse<MessageSummaryResponse>, Task> show) => Completion = RunAsync(read, show);

    /// <summary>Ends when nothing is watched any more.</summary>
    public Task Completion { get; }

    /// <summary>Whether a list begins with the same messages in the same state.</summary>
    public static bool IsShown(PageResponse<MessageSummaryResponse> list, PageResponse<MessageSummaryResponse> newest) =>
        newest.Items.Count <= list.Items.Count
        && (newest.NextCursor is not null || newest.Items.Count == list.Items.Count)
        && newest.Items.Zip(list.Items, static (one, other) => one.Id == other.Id && one.Modseq == other.Modseq).All(static isSame => isSame);

    /// <summary>The list with its beginning as it is now.</summary>
    public static PageResponse<MessageSummaryResponse> Join(
        PageResponse<MessageSummaryResponse> list, PageResponse<MessageSummaryResponse> newest)
    {
        // Where the two do not meet, messages between them would be missing.
        var lowest = newest.Items.Count > 0 ? newest.Items[^1].Uid : 0;
        if (newest.NextCursor is null || list.Items.Count == 0 || lowest > list.Items[0].Uid)
        {
            return newest;
        }

        List<MessageSummaryResponse> older = [.. list.Items.Where(message => message.Uid < lowest)];
        return older.Count == 0 ? newest : new PageResponse<MessageSummaryResponse>([.. newest.Items, .. older], list.NextCursor);
    }

    /// <summary>Ends it; what is under way is not waited for.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(
        Func<CancellationToken, Task<PageResponse<MessageSummaryResponse>>> read,
        Func<PageResponse<MessageSummaryResponse>, Task> show)
    {
        var stopped = _stop.Token;
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped))
            {
                if (await TryReadAsync(read, stopped) is { } newest)
                {
                    await show(newest);
                }
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
        }
    }

    /// <summary>Null where the server cannot be reached just now: the next time may do.</summary>
    private static async Task<PageResponse<MessageSummaryResponse>?> TryReadAsync(
        Func<CancellationToken, Task<PageResponse<MessageSummaryResponse>>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(cancellationToken);
        }
        catch (LmtpApiException)
        {
            return null;
        }
    }
}
