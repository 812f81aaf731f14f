namespace Lmtp.Contracts;

/// <summary>How long one step of a dialogue took.</summary>
/// <param name="Step">Such as <c>resolve</c>, <c>connect</c>, <c>greeting</c>, <c>LHLO</c>.</param>
/// <param name="Milliseconds">Its time in milliseconds.</param>
public sealed record LmtpTimingResponse(string Step, double Milliseconds);
