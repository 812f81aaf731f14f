using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Messages;

/// <summary>
/// Selects all messages of a list that is longer than what is shown of it, page by page. What arrives later is not selected,
/// so that nothing is done to messages that nobody has asked about.
/// </summary>
/// <param name="selection">Gets the messages.</param>
/// <param name="read">Reads the page that begins at a cursor.</param>
internal sealed class SelectionRun(
    MessageSelection selection, Func<string?, CancellationToken, Task<PageResponse<MessageSummaryResponse>>> read)
{
    private bool _isEnded;

    /// <summary>Stops after the page that is being read; what has been selected stays so.</summary>
    public void End() => _isEnded = true;

    /// <summary>Does it.</summary>
    /// <param name="cursor">Where what is shown ends.</param>
    /// <param name="progressed">Called after each page.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task RunAsync(string? cursor, Action progressed, CancellationToken cancellationToken)
    {
        while (cursor is not null && !_isEnded)
        {
            var page = await read(cursor, cancellationToken);
            selection.Set(page.Items, true);
            cursor = page.NextCursor;
            progressed();
        }
    }
}
