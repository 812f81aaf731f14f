namespace Lmtp.Server.Storage;

/// <summary>Every way in which adding an address can end.</summary>
public enum AddAddressStatus
{
    /// <summary>It was added.</summary>
    Added,

    /// <summary>It is not an address that can be stored: a tag, a misplaced wildcard, a part missing.</summary>
    InvalidAddress,

    /// <summary>Somebody has it, dots and letter case left out of the comparison.</summary>
    AddressTaken,

    /// <summary>There is no such user.</summary>
    UnknownUser,
}
