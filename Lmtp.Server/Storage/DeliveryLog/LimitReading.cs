namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>A limit that was looked at.</summary>
/// <param name="Name">The limit: one of the rate limits, <see cref="Quota"/>, <see cref="ForwardsPerDay"/> or <see cref="RepliesPerDay"/>.</param>
/// <param name="Value">What was used of it, this message included.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="Unit">The unit: <c>By</c>, <c>{message}</c>, <c>{forward}</c>.</param>
/// <param name="IsExceeded">Whether it stopped something.</param>
public sealed record LimitReading(string Name, double Value, double Limit, string Unit, bool IsExceeded)
{
    /// <summary>The name of the storage that a user may use.</summary>
    public const string Quota = "quota";

    /// <summary>The name of how many forwards a user may cause in a day.</summary>
    public const string ForwardsPerDay = "forwards_per_day";

    /// <summary>The name of how many automatic replies a user may send in a day.</summary>
    public const string RepliesPerDay = "replies_per_day";
}
