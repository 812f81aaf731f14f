using System.ComponentModel;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Microsoft.AspNetCore.Mvc;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Deliveries;

/// <summary>What a request looks for in the delivery log.</summary>
internal readonly record struct DeliveryQueryParameters(
    [property: FromQuery(Name = "recipient"), Description("The recipient's address; letter case makes no difference.")] string? Recipient,
    [property: FromQuery(Name = "sender"), Description("The envelope sender; <> finds the null reverse-path.")] string? Sender,
    [property: FromQuery(Name = "queueId"), Description("The MTA's queue id.")] string? QueueId,
    [property: FromQuery(Name = "messageId"), Description("The Message-ID header, with or without its brackets.")] string? MessageId,
    [property: FromQuery(Name = "session"), Description("The LMTP session, as replies and log events name it.")] string? Session,
    [property: FromQuery(Name = "user"), Description("The user's id.")] string? User,
    [property: FromQuery(Name = "outcome"), Description("The outcome, for instance stored; may be given several times.")] string[]? Outcome,
    [property: FromQuery(Name = "from"), Description("The earliest time.")] DateTimeOffset? From,
    [property: FromQuery(Name = "before"), Description("The time before which the deliveries ended.")] DateTimeOffset? Before)
{
    private const int MaxText = 998;
    private const int MaxName = 64;
    private const int MaxOutcomes = 32;
    private const string NullReversePath = "<>";

    /// <summary>The search; what cannot be searched for is added to the errors.</summary>
    public DeliveryLogQuery ToQuery(FieldErrors errors)
    {
        errors.Text("recipient", Recipient, MaxText);
        errors.Text("sender", Sender, MaxText);
        errors.Text("queueId", QueueId, MaxText);
        errors.Text("messageId", MessageId, MaxText);
        errors.Text("session", Session, MaxText);
        foreach (var outcome in Outcome ?? [])
        {
            errors.Text("outcome", outcome, MaxName);
        }

        if (Outcome is { Length: > MaxOutcomes })
        {
            errors.Add("outcome", $"At most {MaxOutcomes} outcomes.");
        }

        ObjectId user = default;
        if (!string.IsNullOrEmpty(User) && !ObjectId.TryParse(User, out user))
        {
            errors.Add("user", "Must be 24 hexadecimal digits.");
        }

        return new DeliveryLogQuery
        {
            Recipient = AddressOrNull(Recipient),
            Sender = Sender == NullReversePath ? string.Empty : AddressOrNull(Sender),
            QueueId = TextOrNull(QueueId),
            MessageId = TextOrNull(MessageId) is { } id ? WithBrackets(id) : null,
            Session = TextOrNull(Session),
            User = user == default ? null : user,
            Outcomes = [.. (Outcome ?? []).Where(outcome => outcome.Length > 0)],
            From = From,
            Before = Before,
        };
    }

    private static string? AddressOrNull(string? address) =>
        string.IsNullOrWhiteSpace(address) ? null : MailAddressNormalizer.Normalize(address.Trim());

    private static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string WithBrackets(string messageId) => messageId.StartsWith('<') ? messageId : $"<{messageId}>";
}
