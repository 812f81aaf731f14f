namespace Lmtp.Tests.Integration.Api;

/// <summary>What an operation is asked, by the names of its document; the method and path come from there.</summary>
internal sealed record ContractRequest
{
    public static ContractRequest Plain { get; } = new();

    /// <summary>The values of the path's parameters.</summary>
    public IReadOnlyDictionary<string, string> Path { get; init; } = new Dictionary<string, string>();

    public string Query { get; init; } = string.Empty;

    public object? Body { get; init; }

    public string? IfMatch { get; init; }

    public static ContractRequest At(params IEnumerable<(string Name, string Value)> path) =>
        new() { Path = path.ToDictionary(part => part.Name, part => part.Value) };

    public static ContractRequest With(object body) => new() { Body = body };
}
