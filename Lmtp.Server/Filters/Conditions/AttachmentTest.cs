namespace Lmtp.Server.Filters.Conditions;

/// <summary>The name or the media type of an attachment matches.</summary>
/// <param name="condition">Name or type.</param>
/// <param name="pattern">The comparison.</param>
internal sealed class AttachmentTest(FilterCondition condition, TextPattern pattern) : FilterTest
{
    public override FilterCondition Condition => condition;

    private protected override string Describe() =>
        $"attachment {(condition == FilterCondition.AttachmentName ? "name" : "type")} {pattern}";

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        seen = null;
        foreach (var attachment in message.Attachments)
        {
            var text = condition == FilterCondition.AttachmentName ? attachment.Name : attachment.Type;
            if (pattern.Matches(text))
            {
                seen = text;
                return true;
            }

            seen ??= text;
        }

        return false;
    }
}
