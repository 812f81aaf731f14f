using System.Globalization;

namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    /// <summary>Searches the messages of a user, the last delivered first.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="search">What to look for.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the newest.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<MessageSummaryResponse>> SearchMessagesAsync(
        string user, MessageSearch search, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return GetAsync(
            Query(
                $"api/v1/users/{Segment(user)}/messages/search",
                ("q", search.Text),
                ("from", search.From),
                ("to", search.To),
                ("subject", search.Subject),
                ("since", search.Since?.ToString("O", CultureInfo.InvariantCulture)),
                ("until", search.Until?.ToString("O", CultureInfo.InvariantCulture)),
                ("mailbox", search.Mailbox),
                ("unseen", search.Unseen),
                ("flagged", search.Flagged),
                ("attachments", search.Attachments),
                ("minSize", search.MinSize),
                ("maxSize", search.MaxSize),
                ("cursor", cursor),
                ("limit", limit)),
            Json.PageResponseMessageSummaryResponse,
            cancellationToken);
    }
}
