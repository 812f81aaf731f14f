namespace Lmtp.Server.Filters;

/// <summary>What is wrong with a field of a filter's extension.</summary>
/// <param name="Field">The path of the field, for instance <c>conditions[0].value</c>.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record FilterFault(string Field, string Message);
