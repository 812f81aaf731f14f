namespace Lmtp.Admin.Components.Audit;

/// <summary>What became of one field.</summary>
/// <param name="Field">Its path, the names joined by dots.</param>
/// <param name="Before">Its value before; null: it was not there, or null.</param>
/// <param name="After">Its value since; null: it is not there, or null.</param>
internal sealed record FieldDifference(string Field, string? Before, string? After)
{
    /// <summary>Whether the two differ.</summary>
    public bool IsChange => Before != After;
}
