namespace Lmtp.Admin.Accounts;

/// <summary>Addresses to return to, as they come with a request.</summary>
internal static class LocalAddress
{
    /// <summary>The address when it is a path of the portal, else the start: nobody is sent elsewhere after signing in.</summary>
    public static string OrStart(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : "/";
}
