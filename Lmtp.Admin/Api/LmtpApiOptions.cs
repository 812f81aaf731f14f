namespace Lmtp.Admin.Api;

/// <summary>Where the mail server's API is. Section <c>Lmtp:Api</c>.</summary>
public sealed class LmtpApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Api";

    /// <summary>The API's address; what service discovery says (<c>services:lmtp:http:0</c>) goes first.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The key that the server knows as <c>Lmtp:Api:PortalKey</c>.</summary>
    public string? Key { get; set; }

    /// <summary>How long the portal waits for an answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
