namespace Lmtp.Server.Protocol.Receiving;

/// <summary>What one step of <see cref="DotDecoder"/> found.</summary>
internal enum DotStep
{
    /// <summary>The consumed bytes belong to the message.</summary>
    Data,

    /// <summary>The consumed byte does not, or it is not known yet.</summary>
    Skip,

    /// <summary>A CR that was skipped before belongs to the message after all.</summary>
    HeldCr,

    /// <summary>The message is complete.</summary>
    End,
}
