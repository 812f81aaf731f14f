namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>A limit that was looked at.</summary>
/// <param name="Name">The limit, for instance <c>quota</c>.</param>
/// <param name="Value">What was used of it, this message included.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="Unit">The unit: <c>By</c>, <c>{message}</c>, <c>{forward}</c>.</param>
/// <param name="IsExceeded">Whether it stopped something.</param>
public sealed record LimitReading(string Name, double Value, double Limit, string Unit, bool IsExceeded);
