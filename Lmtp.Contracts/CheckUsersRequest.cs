namespace Lmtp.Contracts;

/// <summary>Users that could be made.</summary>
public sealed record CheckUsersRequest
{
    /// <summary>1 to 500 users.</summary>
    public required IReadOnlyList<CreateUserRequest> Users { get; init; }
}
