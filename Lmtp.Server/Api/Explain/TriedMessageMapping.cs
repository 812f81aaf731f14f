using Lmtp.Contracts;
using Lmtp.Server.Api.Deliveries;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Api.Explain;

/// <summary>Messages on which a filter was tried, as the API shows them.</summary>
internal static class TriedMessageMapping
{
    private const string NotReached = "The delivery ended before filters were looked at.";

    public static TriedMessageResponse ToResponse(MessageSummary message, DeliveryRecord record, string filter)
    {
        var readings = record.ToResponse().Filters;
        return new TriedMessageResponse
        {
            Message = message.Id.ToString(),
            Subject = message.Subject,
            From = [.. message.From.Select(author => new MessageAddressResponse(author.Name, author.Address))],
            Received = message.Received,
            Filter = readings.FirstOrDefault(reading => reading.Id == filter)
                ?? new FilterReadingResponse(filter, null, false, [], NotReached),
            Outcome = record.Outcome,
            Mailbox = record.Place?.Path,
            Flags = record.Flags,
        };
    }
}
