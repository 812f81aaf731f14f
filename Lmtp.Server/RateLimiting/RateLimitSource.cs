namespace Lmtp.Server.RateLimiting;

/// <summary>Where the rule of a limit comes from, the strongest last.</summary>
public enum RateLimitSource
{
    /// <summary>Nothing is set.</summary>
    Default,

    /// <summary>The configuration of the server.</summary>
    Configuration,

    /// <summary><c>receivedMax</c> of the user, as WildDuck's API sets it.</summary>
    ReceivedMax,

    /// <summary><c>lmtp.limits</c> of the user's document.</summary>
    UserDocument,

    /// <summary>A rule for this subject alone, set by the API.</summary>
    Override,
}
