using System.Globalization;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Http.HttpResults;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Filters;

/// <summary>
/// How many filters a user may have, and how many conditions they may have together, those that are switched off
/// included. What is beyond is not applied at delivery either.
/// </summary>
internal static class FilterCaps
{
    /// <summary>The refusal of a filter that would be one too many; null where it may be stored.</summary>
    /// <param name="user">The owner.</param>
    /// <param name="replaced">The filter whose place it takes; null for a new one.</param>
    /// <param name="content">The filter.</param>
    /// <param name="filters">Reads the others.</param>
    /// <param name="options">The caps.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<ProblemHttpResult?> CheckAsync(
        ObjectId user,
        ObjectId? replaced,
        BsonDocument content,
        FilterEditor filters,
        DeliveryOptions options,
        CancellationToken cancellationToken)
    {
        var others = (await filters.ListAsync(user, cancellationToken)).FindAll(other => other["_id"] != replaced);
        if (others.Count >= options.FiltersPerUser)
        {
            return Refuse(options.FiltersPerUser, "filters", nameof(DeliveryOptions.FiltersPerUser));
        }

        var more = ConditionsOf(content);
        return more > 0 && others.Sum(ConditionsOf) + more > options.FilterConditionsPerUser
            ? Refuse(options.FilterConditionsPerUser, "conditions in all filters together", nameof(DeliveryOptions.FilterConditionsPerUser))
            : null;
    }

    private static int ConditionsOf(BsonDocument filter) =>
        FilterStore.ToFilter(new BsonDocument(filter) { ["_id"] = ObjectId.Empty }).ConditionCount;

    private static ProblemHttpResult Refuse(int most, string what, string option) => ApiProblem.Conflict(string.Create(
        CultureInfo.InvariantCulture, $"A user may have {most} {what} ({DeliveryOptions.Section}:{option})."));
}
