namespace Lmtp.Server.Api.Security;

/// <summary>What an API key may do. Each scope holds those before it. The names are those of the authorisation policies too.</summary>
internal static class ApiScopes
{
    /// <summary>Look at everything but secrets.</summary>
    public const string Read = "read";

    /// <summary>Change users, addresses, mailboxes, messages and filters.</summary>
    public const string Write = "write";

    /// <summary>Make and revoke API keys, read the audit log, use the probe tools.</summary>
    public const string Admin = "admin";

    /// <summary>Keep the portal's accounts. Held by the portal alone, beside what the person may do who is signed in there.</summary>
    public const string Portal = "portal";

    /// <summary>The type of the claims that carry the scopes.</summary>
    public const string ClaimType = "scope";

    /// <summary>The scopes that a key may be given.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Write, Admin];

    /// <summary>The scope itself and those that it holds.</summary>
    public static IEnumerable<string> Within(string scope) =>
        All.Contains(scope) ? All.TakeWhile(s => s != scope).Append(scope) : [];
}
