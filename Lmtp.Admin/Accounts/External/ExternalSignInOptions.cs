namespace Lmtp.Admin.Accounts.External;

/// <summary>Sign-in by somebody else, such as a company's identity provider. Section <c>Lmtp:Portal:External</c>.</summary>
public sealed class ExternalSignInOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Portal:External";

    /// <summary>The authentication scheme to offer; null: accounts of the portal only.</summary>
    public string? Scheme { get; set; }

    /// <summary>
    /// The full path of an assembly that adds the scheme by a hosting startup; null where the portal knows the scheme by itself.
    /// </summary>
    public string? Assembly { get; set; }

    /// <summary>What the button on the sign-in page calls it.</summary>
    public string DisplayName { get; set; } = "Single sign-on";

    /// <summary>The claim with the person's name.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim whose values decide about the role; there may be several of it.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The values that make somebody an administrator.</summary>
    public IReadOnlyList<string> Admin { get; set; } = [];

    /// <summary>The values that let somebody look after users and their mail.</summary>
    public IReadOnlyList<string> Support { get; set; } = [];

    /// <summary>The values that let somebody look.</summary>
    public IReadOnlyList<string> ReadOnly { get; set; } = [];
}
