namespace Lmtp.Server.RateLimiting;

/// <summary>A limit of the bytes of messages, in KiB begun, a day unless set otherwise.</summary>
/// <param name="step">When it is looked at.</param>
/// <param name="party">Whom it counts for.</param>
/// <param name="description">What it counts, in words.</param>
/// <param name="text">What the client is told when it is reached.</param>
public abstract class KilobyteLimit(LimitStep step, LimitedParty party, string description, string text)
    : RateLimit(step, party, LimitUnit.Kilobytes, description, text, new RateLimitRule { Period = TimeSpan.FromDays(1) })
{
    private const int BytesPerUnit = 1024;

    /// <inheritdoc/>
    public sealed override long CostOf(LimitSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return (subject.Size + BytesPerUnit - 1) / BytesPerUnit;
    }
}
