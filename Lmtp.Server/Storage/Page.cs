namespace Lmtp.Server.Storage;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="NextCursor">What to ask for the next part with; null at the end. Meaningless to the caller.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
