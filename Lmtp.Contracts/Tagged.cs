namespace Lmtp.Contracts;

/// <summary>A resource with the entity tag of its state, so that a change can be made to depend on it.</summary>
/// <typeparam name="T">The resource.</typeparam>
/// <param name="Value">The resource.</param>
/// <param name="Tag">The entity tag for <c>If-Match</c>, quotes included; null when the server sent none.</param>
public sealed record Tagged<T>(T Value, string? Tag);
