using System.ComponentModel;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage.Searching;
using Microsoft.AspNetCore.Mvc;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Messages;

/// <summary>What a request looks for in the messages of a user.</summary>
internal readonly record struct MessageQueryParameters(
    [property: FromQuery(Name = "q"), Description("Words of header or text: all of them, \"several in quotes\" together, none with a -minus.")] string? Q,
    [property: FromQuery(Name = "from"), Description("Part of the From header; letter case makes no difference.")] string? From,
    [property: FromQuery(Name = "to"), Description("Part of the To or Cc header.")] string? To,
    [property: FromQuery(Name = "subject"), Description("Part of the subject.")] string? Subject,
    [property: FromQuery(Name = "since"), Description("The earliest time of delivery.")] DateTimeOffset? Since,
    [property: FromQuery(Name = "until"), Description("The time before which the messages were delivered.")] DateTimeOffset? Until,
    [property: FromQuery(Name = "mailbox"), Description("The id of a mailbox; left out: all.")] string? Mailbox,
    [property: FromQuery(Name = "unseen"), Description("Whether the messages are unread.")] bool? Unseen,
    [property: FromQuery(Name = "flagged"), Description("Whether the messages are flagged.")] bool? Flagged,
    [property: FromQuery(Name = "attachments"), Description("Whether the messages have attachments.")] bool? Attachments,
    [property: FromQuery(Name = "minSize"), Description("The least size in bytes.")] long? MinSize,
    [property: FromQuery(Name = "maxSize"), Description("The greatest size in bytes.")] long? MaxSize)
{
    private const int MaxText = 256;

    /// <summary>The search; what cannot be searched for is added to the errors.</summary>
    public MessageQuery ToQuery(ObjectId user, FieldErrors errors)
    {
        errors.Text("q", Q, MaxText);
        errors.Text("from", From, MaxText);
        errors.Text("to", To, MaxText);
        errors.Text("subject", Subject, MaxText);
        errors.Range("minSize", MinSize, 0, long.MaxValue);
        errors.Range("maxSize", MaxSize, 0, long.MaxValue);
        ObjectId mailbox = default;
        if (!string.IsNullOrEmpty(Mailbox) && !ObjectId.TryParse(Mailbox, out mailbox))
        {
            errors.Add("mailbox", "Must be 24 hexadecimal digits.");
        }

        var words = TextOrNull(Q) is { } typed ? SearchText.Parse(typed) : null;
        if (words is null && !string.IsNullOrWhiteSpace(Q))
        {
            errors.Add("q", "Names no word that is to occur.");
        }

        return new MessageQuery
        {
            User = user,
            Mailbox = mailbox == default ? null : mailbox,
            Text = words,
            From = TextOrNull(From),
            To = TextOrNull(To),
            Subject = TextOrNull(Subject),
            Since = Since,
            Until = Until,
            IsUnseen = Unseen,
            IsFlagged = Flagged,
            HasAttachments = Attachments,
            MinSize = MinSize,
            MaxSize = MaxSize,
        };
    }

    private static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
