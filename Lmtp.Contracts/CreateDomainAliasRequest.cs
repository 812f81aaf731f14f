namespace Lmtp.Contracts;

/// <summary>A domain alias to be made.</summary>
public sealed record CreateDomainAliasRequest
{
    /// <summary>The domain that is to stand for the other one, at most 255 characters.</summary>
    public required string Alias { get; init; }

    /// <summary>The domain that it stands for, at most 255 characters.</summary>
    public required string Domain { get; init; }
}
