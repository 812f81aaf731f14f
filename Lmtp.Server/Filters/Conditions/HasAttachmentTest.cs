namespace Lmtp.Server.Filters.Conditions;

/// <summary>There is an attachment, inline ones included.</summary>
internal sealed class HasAttachmentTest : FilterTest
{
    public override FilterCondition Condition => FilterCondition.Attachment;

    private protected override string Describe() => "there is an attachment";

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        seen = message.HasAttachments ? message.Attachments[0].Name : null;
        return message.HasAttachments;
    }
}
