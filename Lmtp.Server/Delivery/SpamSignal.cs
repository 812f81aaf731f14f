namespace Lmtp.Server.Delivery;

/// <summary>What spam scanners before us found.</summary>
/// <param name="Score">0 (no sign) to 100 (certain): the highest of all sources.</param>
/// <param name="Sources">Each header that said so, with its score.</param>
internal sealed record SpamSignal(int Score, IReadOnlyList<string> Sources);
