namespace Lmtp.Admin.Components.Overview;

/// <summary>A line or a layer of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Color">The design's name of its colour.</param>
/// <param name="Values">A value for each time; null where there is none.</param>
public sealed record ChartSeries(string Name, string Color, IReadOnlyList<double?> Values);
