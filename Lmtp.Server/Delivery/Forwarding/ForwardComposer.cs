using System.Globalization;
using System.Net;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Forwarding;

/// <summary>
/// Makes the message that is forwarded: the one received, with Message-ID and Date where they are missing, and without
/// Bcc. Specification section 7.5.
/// </summary>
internal sealed class ForwardComposer(LoopGuard loops, TimeProvider time)
{
    /// <summary>Whether the message does not run in a circle.</summary>
    public async Task<bool> CanForwardAsync(
        MessageContext message, OutgoingPlan plan, string recipient, CancellationToken cancellationToken)
    {
        var head = await MessageHead.ReadAsync(message.Message.Source, cancellationToken);
        return loops.TryMark([.. head.Fields], plan, recipient);
    }

    /// <summary>The message to be queued; null when it runs in a circle.</summary>
    /// <param name="message">The message that came.</param>
    /// <param name="sent">The message that goes out: the one that came, or that encrypted.</param>
    /// <param name="delivery">The delivery that forwards it.</param>
    /// <param name="plan">The forward.</param>
    /// <param name="recipient">Whom it was for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<OutgoingMessage?> ComposeAsync(
        MessageContext message,
        IndexedMessage sent,
        DeliveryPlan delivery,
        OutgoingPlan plan,
        string recipient,
        CancellationToken cancellationToken)
    {
        // Outside of what is encrypted there are no marks of forwards.
        if (sent != message.Message && !await CanForwardAsync(message, plan, recipient, cancellationToken))
        {
            return null;
        }

        var head = await MessageHead.ReadAsync(sent.Source, cancellationToken);
        var fields = head.Fields.ToList();
        var messageId = MessageHead.FirstOf(fields, "message-id");
        if (messageId.Length == 0)
        {
            messageId = $"<{plan.File}@{DomainOf(message.Sender)}>";
            Replace(fields, "Message-ID", messageId);
        }

        var date = MessageHead.FirstOf(fields, "date");
        if (date.Length == 0 || message.Message.HeaderDate is not >= 1000)
        {
            date = time.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
            Replace(fields, "Date", date);
        }

        fields.RemoveAll(field => field.Key == "bcc");
        if (!loops.TryMark(fields, plan, recipient))
        {
            return null;
        }

        return new OutgoingMessage
        {
            Plan = plan,
            From = message.Sender,
            To = recipient,
            User = delivery.User == default ? null : delivery.User,
            Parent = delivery.MessageId,
            Origin = DeliveryMeta.OriginOf(message),
            Headers = fields,
            Envelope = HeaderAddresses.Of(sent.Root.ParsedHeader),
            MessageId = messageId,
            Date = date,
            Source = sent.Source,
            BodyOffset = head.BodyOffset,
        };
    }

    private static string DomainOf(string sender) =>
        sender.Contains('@', StringComparison.Ordinal) ? sender[(sender.LastIndexOf('@') + 1)..] : Dns.GetHostName().ToLowerInvariant();

    private static void Replace(List<QueueHeader> fields, string name, string value)
    {
        var key = name.ToLowerInvariant();
        fields.RemoveAll(field => field.Key == key);
        fields.Insert(0, new QueueHeader(key, $"{name}: {value}"));
    }
}
