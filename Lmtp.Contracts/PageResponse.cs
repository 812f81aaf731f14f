namespace Lmtp.Contracts;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="NextCursor">What to pass as <c>cursor</c> for the next part; null at the end of the list.</param>
public sealed record PageResponse<T>(IReadOnlyList<T> Items, string? NextCursor);
