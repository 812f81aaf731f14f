using System.Globalization;
using System.Text;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Autoreplies;

/// <summary>
/// Writes the reply, field by field as WildDuck's composer does; a general one would order and fold them otherwise. All of
/// it follows from the plan and the message, so that composing again gives the same bytes. Specification section 7.6.
/// </summary>
internal static class AutoreplyComposer
{
    private const string Unknown = "localhost";

    /// <summary>The reply to a message in the name of a user or of a forwarding address.</summary>
    public static async Task<OutgoingMessage> ComposeAsync(
        MessageContext message,
        DeliveryPlan delivery,
        OutgoingPlan plan,
        Autoreply autoreply,
        MailUser? user,
        string recipient,
        CancellationToken cancellationToken)
    {
        var original = (await MessageHead.ReadAsync(message.Message.Source, cancellationToken)).Fields;
        var author = HeaderAddresses.Normalize(recipient);
        var target = HeaderAddresses.Normalize(message.Sender);
        var messageId = $"<{plan.File}@{(author.Contains('@', StringComparison.Ordinal) ? author[(author.LastIndexOf('@') + 1)..] : Unknown)}>";
        var date = delivery.Received.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

        var fields = new List<QueueHeader>();
        Add(fields, "Auto-Submitted", "auto-replied");
        Add(fields, "X-Wd-Autoreply-For", delivery.MessageId.ToString());
        Add(fields, "From", HeaderEncoding.Mailbox(autoreply.Name ?? user?.Name, author));
        Add(fields, "To", target);
        AddReferences(fields, original);
        AddSubject(fields, original, autoreply);
        Add(fields, "Message-ID", messageId);
        var body = AddContent(fields, plan, autoreply, date);
        return new OutgoingMessage
        {
            Plan = plan,
            From = string.Empty,
            To = message.Sender,
            User = user?.Id,
            Parent = delivery.MessageId,
            Origin = "127.0.0.1",
            Headers = fields,
            Envelope = new QueueEnvelope { From = author, To = [target] },
            MessageId = messageId,
            Date = date,
            Source = new MemoryMessageSource(Encoding.UTF8.GetBytes(body)),
            BodyOffset = 0,
        };
    }

    private static void AddReferences(List<QueueHeader> fields, IReadOnlyList<QueueHeader> original)
    {
        var inReplyTo = Decode(MessageHead.FirstOf(original, "message-id"));
        if (inReplyTo.Length > 0)
        {
            Add(fields, "In-Reply-To", InBrackets(inReplyTo));
        }

        var references = $"{inReplyTo} {Decode(MessageHead.FirstOf(original, "references"))}"
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (references.Length > 0)
        {
            Add(fields, "References", string.Join(' ', references.Select(InBrackets)));
        }
    }

    // The subject of the message keeps the form that it came in.
    private static void AddSubject(List<QueueHeader> fields, IReadOnlyList<QueueHeader> original, Autoreply autoreply)
    {
        if (autoreply.Subject is { } subject)
        {
            Add(fields, "Subject", HeaderEncoding.Text($"Auto: {subject}"));
        }
        else
        {
            fields.Add(new QueueHeader("subject", $"Subject: Auto: Re: {MessageHead.FirstOf(original, "subject")}"));
        }
    }

    private static string AddContent(List<QueueHeader> fields, OutgoingPlan plan, Autoreply autoreply, string date)
    {
        if (autoreply is { Text: { } text, Html: { } html })
        {
            var boundary = $"--_{plan.File}-P1";
            Add(fields, "Date", date);
            Add(fields, "MIME-Version", "1.0");
            Add(fields, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
            return $"--{boundary}\r\n{Part("plain", text)}\r\n--{boundary}\r\n{Part("html", html)}\r\n--{boundary}--\r\n";
        }

        var kind = autoreply.Html is null ? "plain" : "html";
        var content = autoreply.Html ?? autoreply.Text ?? string.Empty;
        var encoding = BodyEncoding.NameFor(content);
        if (content.Length > 0)
        {
            Add(fields, "Content-Transfer-Encoding", encoding);
        }

        Add(fields, "Date", date);
        Add(fields, "MIME-Version", "1.0");
        Add(fields, "Content-Type", $"text/{kind}; charset=utf-8");
        var body = BodyEncoding.Encode(content, encoding);
        return body.Length == 0 || body.EndsWith('\n') ? body : $"{body}\r\n";
    }

    private static string Part(string kind, string content)
    {
        var encoding = BodyEncoding.NameFor(content);
        return $"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{BodyEncoding.Encode(content, encoding)}";
    }

    private static void Add(List<QueueHeader> fields, string name, string value) =>
        fields.Add(new QueueHeader(name.ToLowerInvariant(), HeaderEncoding.Field(name, value)));

    private static string Decode(string binary) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(binary));

    private static string InBrackets(string id) =>
        $"{(id.StartsWith('<') ? null : "<")}{id}{(id.EndsWith('>') ? null : ">")}";
}
