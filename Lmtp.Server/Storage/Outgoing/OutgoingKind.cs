namespace Lmtp.Server.Storage.Outgoing;

/// <summary>Why a message goes out.</summary>
internal enum OutgoingKind
{
    /// <summary>A message that is handed on.</summary>
    Forward,

    /// <summary>A reply on behalf of an absent user.</summary>
    Autoreply,
}
