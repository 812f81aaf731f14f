namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>One step from an address to the user that has it.</summary>
/// <param name="Step">What was done: <c>normalise</c>, <c>lookup</c>, <c>exact</c>, <c>wildcard</c> and so on.</param>
/// <param name="Result">What came of it.</param>
public sealed record ResolutionStep(string Step, string Result);
