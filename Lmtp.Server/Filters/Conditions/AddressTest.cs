namespace Lmtp.Server.Filters.Conditions;

/// <summary>An address of the envelope, or a part of one, matches.</summary>
/// <param name="condition">Sender, recipient, original recipient or tag.</param>
/// <param name="pattern">The comparison.</param>
internal sealed class AddressTest(FilterCondition condition, TextPattern pattern) : FilterTest
{
    public override FilterCondition Condition => condition;

    private protected override string Describe() => condition switch
    {
        FilterCondition.Sender => $"envelope sender {pattern}",
        FilterCondition.Recipient => $"envelope recipient {pattern}",
        FilterCondition.OriginalRecipient => $"original recipient {pattern}",
        _ => $"tag {pattern}",
    };

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        var value = condition switch
        {
            FilterCondition.Sender => message.Sender,
            FilterCondition.Recipient => message.Recipient,
            FilterCondition.OriginalRecipient => message.OriginalRecipient,
            _ => message.Tag,
        };

        // The null reverse-path is no sender.
        seen = string.IsNullOrEmpty(value) ? null : value;
        return seen is not null && pattern.Matches(seen);
    }
}
