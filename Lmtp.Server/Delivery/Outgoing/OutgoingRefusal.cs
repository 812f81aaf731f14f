namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>Reasons for which a message is not sent that decide about the answer.</summary>
internal static class OutgoingRefusal
{
    /// <summary>The message was forwarded so before.</summary>
    public const string Loop = "the message runs in a circle";

    /// <summary>Too many forwards within a day.</summary>
    public const string DailyLimit = "the limit of forwards a day is reached";
}
