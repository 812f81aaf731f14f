namespace Lmtp.Contracts;

/// <summary>Whether a user could be made.</summary>
public sealed record UserCheckResponse
{
    /// <summary>The faults of each field, by its name; empty: the user could be made, unless there is one already.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The id of the user who has this user name already, dots and letter case left out of the comparison; or null.</summary>
    public string? Existing { get; init; }
}
