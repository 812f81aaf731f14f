using Lmtp.Server.RateLimiting;

namespace Lmtp.Server.Api.Limits;

/// <summary>What a subject must be, told to whoever wrote something else.</summary>
internal static class SubjectRules
{
    /// <summary>The longest text that may name a subject: an address.</summary>
    public const int MaxLength = 320;

    public static string Hint(LimitedParty party) => party switch
    {
        LimitedParty.Client => "An IPv4 or IPv6 address.",
        LimitedParty.Sender => "An e-mail address.",
        LimitedParty.RecipientUser => "The id of a user.",
        _ => "The name of a domain.",
    };
}
