namespace Lmtp.Contracts;

/// <summary>A domain whose addresses stand for those of another one.</summary>
/// <param name="Id">The alias's id, 24 hexadecimal digits.</param>
/// <param name="Alias">The domain that stands for the other one.</param>
/// <param name="Domain">The domain that it stands for.</param>
/// <param name="Created">When it was made.</param>
public sealed record DomainAliasResponse(string Id, string Alias, string Domain, DateTimeOffset Created);
