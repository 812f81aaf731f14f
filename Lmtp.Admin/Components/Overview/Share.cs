namespace Lmtp.Admin.Components.Overview;

/// <summary>A part of a whole.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much, in words.</param>
/// <param name="Part">Its part of the largest, 0 to 1.</param>
/// <param name="Color">The design's name of its colour.</param>
/// <param name="Link">Where there is more about it; null: nowhere.</param>
public sealed record Share(string Name, string Value, double Part, string Color = "--chart-1", string? Link = null);
