using System.Text.Json;
using Lmtp.Server.Filters;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Delivery.Records;

/// <summary>What the filters and the spam decision look like in the delivery log.</summary>
internal static class FilterReadings
{
    private const int MaxFilters = 200;

    /// <summary>Each filter in its order; of very many those that applied, and the first of the others.</summary>
    public static IReadOnlyList<FilterReading> Of(FilterDecision decision)
    {
        var others = MaxFilters - decision.Trace.Count(trace => trace.Applied);
        return [.. decision.Trace.Where(trace => trace.Applied || others-- > 0).Select(Of)];
    }

    public static SpamReading SpamOf(FilterDecision decision, RecipientContext recipient) => new(
        decision.IsSpam,
        NameOf(decision.SpamSource),
        decision.SpamScore,
        recipient.User?.SpamLevel,
        ReasonOf(decision, recipient.SpamSignal));

    private static string? ReasonOf(FilterDecision decision, SpamSignal? signal)
    {
        var sentence = decision.ClassificationFields is [.., var (_, reason)] ? reason : null;
        var sources = signal is { Sources.Count: > 0 } ? $"Found: {string.Join(", ", signal.Sources)}." : null;
        return sentence is null ? sources : sources is null ? sentence : $"{sentence} {sources}";
    }

    private static FilterReading Of(FilterTrace trace) => new(
        trace.Filter.Id,
        trace.Filter.Name,
        trace.Applied,
        [
            .. trace.Conditions
                .Where(outcome => outcome.IsMet is not null)
                .Select(outcome => new ConditionReading(outcome.Description, outcome.IsMet is true, outcome.Reason)),
        ],
        trace.Reason);

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
