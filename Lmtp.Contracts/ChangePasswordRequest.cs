namespace Lmtp.Contracts;

/// <summary>A change of password by who knows the old one.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The password so far.</summary>
    public required string OldPassword { get; init; }

    /// <summary>The new password, 1 to 256 characters.</summary>
    public required string NewPassword { get; init; }
}
