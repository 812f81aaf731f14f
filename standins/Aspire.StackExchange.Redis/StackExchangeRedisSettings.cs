namespace Aspire.StackExchange.Redis;

/// <summary>Mirrors <c>Aspire.StackExchange.Redis.StackExchangeRedisSettings</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The StackExchange.Redis connection string.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the health check is left out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether tracing is left out.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether the connection is made on first use instead of at start. On by default.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
