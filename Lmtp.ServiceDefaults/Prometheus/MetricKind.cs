namespace Lmtp.ServiceDefaults.Prometheus;

/// <summary>What Prometheus takes an instrument for.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts values by size.</summary>
    Histogram,
}
