namespace MongoDB.Bson;

/// <summary>Constants of the BSON date range.</summary>
public static class BsonConstants
{
    /// <summary>Milliseconds since the Unix epoch of <see cref="DateTime.MaxValue"/>.</summary>
    public static long DateTimeMaxValueMillisecondsSinceEpoch { get; } = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>Milliseconds since the Unix epoch of <see cref="DateTime.MinValue"/>.</summary>
    public static long DateTimeMinValueMillisecondsSinceEpoch { get; } = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>1970-01-01T00:00:00Z.</summary>
    public static DateTime UnixEpoch => DateTime.UnixEpoch;
}
