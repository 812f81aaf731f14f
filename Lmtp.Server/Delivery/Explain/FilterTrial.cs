using Lmtp.Server.Filters;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Explain;

/// <summary>Tries a filter that is being edited on the last messages of its user. Changes nothing.</summary>
internal sealed class FilterTrial(MessageExplanation explanation, MessageStore messages, FilterStore filters)
{
    /// <summary>Tries a filter.</summary>
    /// <param name="user">The user.</param>
    /// <param name="edited">The filter; it takes the place of the one with its id, or that of its age.</param>
    /// <param name="count">How many messages, the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Each message that can be restored, and what would become of it if it arrived now.</returns>
    public async Task<IReadOnlyList<(MessageSummary Message, DeliveryRecord Record)>> RunAsync(
        ObjectId user, UserFilter edited, int count, CancellationToken cancellationToken)
    {
        var active = await filters.ListActiveAsync(user, cancellationToken);
        var others = active.Where(filter => filter.Id != edited.Id).ToList();

        // Ids begin with the time of making, so their order is that of age, also for a filter that is switched off now.
        var older = others.TakeWhile(filter => string.CompareOrdinal(filter.Id, edited.Id) < 0).ToList();
        List<UserFilter> tried = [.. older, edited, .. others.Skip(older.Count)];

        var results = new List<(MessageSummary, DeliveryRecord)>();
        foreach (var summary in await messages.ListLastAsync(user, count, cancellationToken))
        {
            if (await ExplainAsync(user, summary.Id, tried, cancellationToken) is { } record)
            {
                results.Add((summary, record));
            }
        }

        return results;
    }

    private async Task<DeliveryRecord?> ExplainAsync(
        ObjectId user, ObjectId id, List<UserFilter> tried, CancellationToken cancellationToken)
    {
        try
        {
            return await explanation.FindAsync(user, id, cancellationToken) is { } message
                ? await explanation.ExplainAsync(user, message, tried, cancellationToken)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
