namespace Lmtp.Admin.Components.Overview;

/// <summary>What the numbers of a chart are.</summary>
public enum ChartUnit
{
    /// <summary>Events a second.</summary>
    PerSecond,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Bytes.</summary>
    Bytes,
}
