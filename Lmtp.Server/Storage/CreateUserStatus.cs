namespace Lmtp.Server.Storage;

/// <summary>Every way in which making a user can end.</summary>
public enum CreateUserStatus
{
    /// <summary>The user was made.</summary>
    Created,

    /// <summary>Somebody has the user name, dots and letter case left out of the comparison.</summary>
    UsernameTaken,

    /// <summary>Somebody has the address, dots and letter case left out of the comparison.</summary>
    AddressTaken,

    /// <summary>The address cannot be a user's main address.</summary>
    InvalidAddress,
}
