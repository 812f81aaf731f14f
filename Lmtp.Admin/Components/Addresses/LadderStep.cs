namespace Lmtp.Admin.Components.Addresses;

/// <summary>One step of a look-up, as it is shown.</summary>
/// <param name="Name">What the step is called.</param>
/// <param name="Explanation">What it does, or what came of it.</param>
/// <param name="Result">The address or id that it came to; null when there is none.</param>
/// <param name="State">What it came to.</param>
internal sealed record LadderStep(string Name, string Explanation, string? Result, LadderState State);
