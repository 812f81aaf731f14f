namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Messages for a user, which <c>receivedMax</c> of the user's document is about.</summary>
/// <remarks>
/// The only limit that is on unless set otherwise: a mail bomb or a loop fills one mailbox and keeps the database busy for
/// all others. In the long run it is WildDuck's default, 60 a minute; an hour's worth at once lets a backlog through.
/// </remarks>
internal sealed class RecipientUserMessages()
    : RateLimit(
        LimitStep.Recipient,
        LimitedParty.RecipientUser,
        LimitUnit.Messages,
        "Messages for a user",
        "too many messages for this recipient",
        new RateLimitRule { Count = 3600, Period = TimeSpan.FromHours(1) });
