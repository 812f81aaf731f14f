namespace Lmtp.Server.RateLimiting;

/// <summary>All limits, in the order in which the registration lists them.</summary>
/// <param name="limits">The limits.</param>
public sealed class RateLimits(IEnumerable<RateLimit> limits)
{
    private readonly RateLimit[] _all = [.. limits];

    /// <summary>The limits, in the order in which they are reported.</summary>
    public IReadOnlyList<RateLimit> All => _all;

    /// <summary>The limit with this name in snake case; null when there is none.</summary>
    public RateLimit? Find(string name) => Array.Find(_all, limit => limit.Name == name);
}
