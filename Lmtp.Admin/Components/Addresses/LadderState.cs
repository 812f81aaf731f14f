namespace Lmtp.Admin.Components.Addresses;

/// <summary>What a step of a look-up came to.</summary>
internal enum LadderState
{
    /// <summary>It only prepared the next one.</summary>
    Done,

    /// <summary>It found nothing, and the next one was tried.</summary>
    Missed,

    /// <summary>It found the address.</summary>
    Found,

    /// <summary>It ended the look-up with a refusal.</summary>
    Refused,
}
