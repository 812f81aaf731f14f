namespace Lmtp.Contracts;

/// <summary>A limit that was looked at.</summary>
/// <param name="Name">The limit.</param>
/// <param name="Value">What was used of it, this message included.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Exceeded">Whether it stopped something.</param>
public sealed record LimitReadingResponse(string Name, double Value, double Limit, string Unit, bool Exceeded);
