using System.Security.Claims;
using Lmtp.Contracts;

namespace Lmtp.Server.Api.Security;

/// <summary>Who makes a request: the name alone does not tell a key from a person of the same name.</summary>
/// <param name="Kind">The kind of caller; null where nobody was let in.</param>
/// <param name="Name">The name of the key or of the person.</param>
/// <param name="Id">The id of a key that was made through the API, else null.</param>
internal readonly record struct ApiActor(ActorKind? Kind, string Name, string? Id = null)
{
    private const string KindClaim = "actor";

    /// <summary>Reads what <see cref="ToClaims"/> wrote.</summary>
    public static ApiActor Of(ClaimsPrincipal caller) => new(
        Enum.TryParse<ActorKind>(caller.FindFirstValue(KindClaim), out var kind) ? kind : null,
        caller.Identity?.Name ?? string.Empty,
        caller.FindFirstValue(ClaimTypes.NameIdentifier));

    public IEnumerable<Claim> ToClaims()
    {
        yield return new Claim(ClaimTypes.Name, Name);
        yield return new Claim(KindClaim, Kind.ToString() ?? string.Empty);
        if (Id is not null)
        {
            yield return new Claim(ClaimTypes.NameIdentifier, Id);
        }
    }
}
