using System.Security.Claims;

namespace Lmtp.Admin.Accounts;

/// <summary>Who is there, for the request or the circuit that this belongs to.</summary>
internal sealed class SignedInPerson
{
    private Func<Task<ClaimsPrincipal>> _find = static () => Task.FromResult(new ClaimsPrincipal());

    /// <summary>Says where to ask; the answer may change while a circuit lives.</summary>
    public void FindBy(Func<Task<ClaimsPrincipal>> find) => _find = find;

    public Task<ClaimsPrincipal> FindAsync() => _find();
}
