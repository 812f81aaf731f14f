namespace Aspire.MongoDB.Driver;

/// <summary>Mirrors <c>Aspire.MongoDB.Driver.MongoDBSettings</c>.</summary>
public sealed class MongoDBSettings
{
    /// <summary>The connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the health check is left out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether tracing is left out.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>How long the health check may take, in milliseconds; null: no limit of its own.</summary>
    public int? HealthCheckTimeout { get; set; }
}
