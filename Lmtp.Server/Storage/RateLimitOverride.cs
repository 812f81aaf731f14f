namespace Lmtp.Server.Storage;

/// <summary>A rate limit of its own for one subject.</summary>
/// <param name="Id">The limit's name and the subject, joined by a colon; of a user's own limits the name alone.</param>
/// <param name="Count">How much is allowed; 0 for no limit.</param>
/// <param name="Period">The time in which it comes back.</param>
public sealed record RateLimitOverride(string Id, long Count, TimeSpan Period)
{
    /// <summary>The name of the limit.</summary>
    public string Limit => Id.Split(':', 2)[0];

    /// <summary>Whom it is for; empty for a user's own limits.</summary>
    public string Subject => Id.Split(':', 2) is [_, var subject] ? subject : string.Empty;

    /// <summary>The id of the override of a limit for a subject.</summary>
    public static string IdOf(string limit, string subject) => $"{limit}:{subject}";
}
