using System.ComponentModel.DataAnnotations;

namespace Lmtp.Admin.Accounts;

/// <summary>How people sign in to the portal. Section <c>Lmtp:Portal</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Portal";

    /// <summary>
    /// The folder of the keys that sessions and second factors are encrypted with. Replicas share it; without it
    /// everybody signs in again after a restart. A relative path starts at the content root.
    /// </summary>
    [Required]
    public string KeyDirectory { get; set; } = ".lmtp/portal-keys";

    /// <summary>How long a session lasts without a click.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionTime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>After how long at most a changed password, role or a deleted account ends the sessions there are.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RevocationTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The fewest characters of a password; 8 to 128.</summary>
    [Range(8, 128)]
    public int MinPasswordLength { get; set; } = 12;

    /// <summary>Wrong passwords or codes in a row that lock an account; 2 to 100.</summary>
    [Range(2, 100)]
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long such an account stays locked.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan LockoutTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Attempts to sign in that one client address has in a minute; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int AttemptsPerMinute { get; set; } = 30;

    /// <summary>Lets other machines in without encryption, as a proxy on a trusted network needs that ends TLS itself.</summary>
    public bool AllowInsecure { get; set; }
}
