using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Lmtp.Admin.Accounts;

/// <summary>Tells <see cref="SignedInPerson"/> of a circuit whom the circuit was opened for, and whether that still holds.</summary>
internal sealed class CircuitPerson(SignedInPerson person, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        person.FindBy(async () => (await authentication.GetAuthenticationStateAsync()).User);
        return Task.CompletedTask;
    }
}
