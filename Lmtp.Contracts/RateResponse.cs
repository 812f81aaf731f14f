namespace Lmtp.Contracts;

/// <summary>How often something happened.</summary>
/// <param name="Total">Since the start.</param>
/// <param name="LastMinute">In the last full minute's worth of seconds.</param>
public sealed record RateResponse(long Total, long LastMinute);
