namespace Lmtp.Admin.Components.Keys;

/// <summary>What the scopes of API keys are called.</summary>
internal static class KeyScope
{
    /// <summary>The scopes, the least first.</summary>
    public static IReadOnlyList<string> All { get; } = ["read", "write", "admin"];

    /// <summary>The name of a scope.</summary>
    public static string Name(string scope) => scope switch
    {
        "read" => Resources.Texts.ScopeRead,
        "write" => Resources.Texts.ScopeWrite,
        "admin" => Resources.Texts.ScopeAdmin,
        _ => scope,
    };

    /// <summary>What a key of the scope may do.</summary>
    public static string Hint(string scope) => scope switch
    {
        "read" => Resources.Texts.ScopeReadHint,
        "write" => Resources.Texts.ScopeWriteHint,
        _ => Resources.Texts.ScopeAdminHint,
    };
}
