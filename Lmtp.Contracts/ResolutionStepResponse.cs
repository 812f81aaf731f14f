namespace Lmtp.Contracts;

/// <summary>One step from an address to the user that has it.</summary>
/// <param name="Step">What was done.</param>
/// <param name="Result">What came of it.</param>
public sealed record ResolutionStepResponse(string Step, string Result);
