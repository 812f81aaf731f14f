using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Refuses unknown domains before any address is looked up, where WildDuck's setting <c>const:domaincache:enabled</c>
/// asks for it.
/// </summary>
internal sealed class DomainCheck(SettingsStore settings, AddressStore addresses)
{
    private const string Setting = "const:domaincache:enabled";

    public async Task<bool> IsServedAsync(string address, CancellationToken cancellationToken) =>
        !await settings.GetCachedBooleanAsync(Setting, cancellationToken)
        || await addresses.IsKnownDomainAsync(address[(address.LastIndexOf('@') + 1)..], cancellationToken);
}
