using Lmtp.Contracts;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Security;

/// <summary>The key that the portal comes with, and what it may do with it.</summary>
internal sealed class PortalKey(IOptions<ApiOptions> options)
{
    private const string Name = "portal";
    private const int MaxActorLength = 128;

    private readonly KeyDigest? _digest = options.Value.PortalKey is { Length: > 0 } key ? new KeyDigest(key) : null;

    public bool Matches(string key) => _digest?.Matches(key) == true;

    /// <summary>
    /// The portal's own scope, and those of the person whom it acts for; without a person nothing else, so that a page
    /// that forgets to ask who is there shows nothing.
    /// </summary>
    public static IEnumerable<string> Scopes(IHeaderDictionary headers) =>
        Person(headers) is not null && Enum.TryParse<PortalRole>(headers[LmtpApiHeaders.ActorRole], out var role)
            ? ScopesOf(role).Append(ApiScopes.Portal)
            : [ApiScopes.Portal];

    /// <summary>The person whom the portal acts for, or the portal itself where nobody is signed in.</summary>
    public static ApiActor Actor(IHeaderDictionary headers) => Person(headers) is { } person
        ? new ApiActor(ActorKind.Person, person)
        : new ApiActor(ActorKind.Portal, Name);

    private static string? Person(IHeaderDictionary headers) =>
        headers[LmtpApiHeaders.Actor] is [{ Length: > 0 and <= MaxActorLength } actor] ? Uri.UnescapeDataString(actor) : null;

    private static IEnumerable<string> ScopesOf(PortalRole role) => role switch
    {
        PortalRole.Admin => ApiScopes.Within(ApiScopes.Admin),
        PortalRole.Support => ApiScopes.Within(ApiScopes.Write),
        PortalRole.ReadOnly => ApiScopes.Within(ApiScopes.Read),
        _ => [],
    };
}
