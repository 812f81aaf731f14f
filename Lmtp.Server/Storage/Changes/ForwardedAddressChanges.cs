using Lmtp.Server.Filters;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Changes to a forwarded address; what is null stays.</summary>
/// <param name="Name">The name; empty: none.</param>
/// <param name="Targets">Where its mail goes.</param>
/// <param name="Forwards">Forwards a day; 0 takes the server's default.</param>
/// <param name="IsDisabled">Whether it is switched off.</param>
internal sealed record ForwardedAddressChanges(
    string? Name, IReadOnlyList<ForwardTarget>? Targets, long? Forwards, bool? IsDisabled);
