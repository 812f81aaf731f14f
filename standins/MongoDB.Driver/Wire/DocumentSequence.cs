namespace MongoDB.Driver.Wire;

/// <summary>Documents that travel beside a command instead of inside it (OP_MSG section kind 1).</summary>
internal sealed record DocumentSequence(string Name, IReadOnlyList<byte[]> Documents)
{
    public int Length { get; } = Documents.Sum(document => document.Length);
}
