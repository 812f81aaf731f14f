using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Messages;

/// <summary>Carries an order out in small pieces, so that somebody can watch it and end it between two of them.</summary>
public sealed class BulkRun(LmtpApiClient api, string user, BulkOrder order, IReadOnlyList<SelectedMessage> messages)
{
    private const int PieceSize = 100;

    private bool _isEnded;

    /// <summary>How many messages there are.</summary>
    public int Total => messages.Count;

    /// <summary>How many have had their turn.</summary>
    public int Tried { get; private set; }

    /// <summary>How many are as they were to be.</summary>
    public int Done { get; private set; }

    /// <summary>How many were not there any more.</summary>
    public int Gone { get; private set; }

    /// <summary>How many could not be changed.</summary>
    public int Failed { get; private set; }

    /// <summary>Stops before the next piece. What has been done stays done.</summary>
    public void End() => _isEnded = true;

    /// <summary>Does it.</summary>
    /// <param name="progressed">Called after each piece.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task RunAsync(Action progressed, CancellationToken cancellationToken)
    {
        foreach (var mailbox in messages.GroupBy(message => message.Mailbox, StringComparer.Ordinal))
        {
            foreach (var piece in mailbox.Select(message => message.Id).Chunk(PieceSize))
            {
                if (_isEnded)
                {
                    return;
                }

                Count(await SendAsync(mailbox.Key, piece, cancellationToken));
                progressed();
            }
        }
    }

    private Task<BulkChangeResponse> SendAsync(string mailbox, string[] ids, CancellationToken cancellationToken) => order.Action switch
    {
        BulkAction.Move => api.MoveMessagesAsync(
            user, mailbox, new MoveMessagesRequest { Messages = ids, Mailbox = order.Target! }, cancellationToken),
        BulkAction.Delete => api.DeleteMessagesAsync(user, mailbox, new DeleteMessagesRequest { Messages = ids }, cancellationToken),
        _ => api.UpdateMessagesAsync(user, mailbox, ToRequest(ids), cancellationToken),
    };

    private UpdateMessagesRequest ToRequest(string[] ids) => new()
    {
        Messages = ids,
        Seen = order.Action switch
        {
            BulkAction.Read => true,
            BulkAction.Unread => false,
            _ => null,
        },
        Flagged = order.Action switch
        {
            BulkAction.Flag => true,
            BulkAction.Unflag => false,
            _ => null,
        },
    };

    private void Count(BulkChangeResponse answer)
    {
        Tried += answer.Results.Count;
        Done += answer.Done;
        Gone += answer.Results.Count(result => result.Status == BulkChangeOutcome.NotFound);
        Failed += answer.Results.Count(result => result.Status == BulkChangeOutcome.Failed);
    }
}
