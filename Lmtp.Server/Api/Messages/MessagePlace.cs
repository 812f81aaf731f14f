using Lmtp.Server.Storage;

namespace Lmtp.Server.Api.Messages;

/// <summary>What the audit log keeps of a message: nothing of what it says.</summary>
internal sealed record MessagePlace(string Id, string Mailbox, long Uid, IReadOnlyList<string> Flags, string MessageId)
{
    public static MessagePlace Of(MessageSummary message) =>
        new(message.Id.ToString(), message.Mailbox.ToString(), message.Uid, message.Flags, message.MessageId);
}
