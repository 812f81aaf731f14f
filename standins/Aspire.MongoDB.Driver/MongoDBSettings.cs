namespace Aspire.MongoDB.Driver;

/// <summary>How a MongoDB client is registered.</summary>
public sealed class MongoDBSettings
{
    /// <summary>The connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether there is no health check. False by default.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>How long the health check may take, in milliseconds; null for no limit of its own.</summary>
    public int? HealthCheckTimeout { get; set; }

    /// <summary>Whether commands are not traced. False by default.</summary>
    public bool DisableTracing { get; set; }
}
