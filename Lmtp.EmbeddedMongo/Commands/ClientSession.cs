using Lmtp.EmbeddedMongo.Commands.Authentication;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>What the server knows of one connection.</summary>
/// <param name="connectionId">The connection's number.</param>
internal sealed class ClientSession(int connectionId)
{
    /// <summary>The connection's number.</summary>
    public int ConnectionId => connectionId;

    /// <summary>The user that has authenticated; null when none has.</summary>
    public string? User { get; set; }

    /// <summary>The authentication that is under way; null when none is.</summary>
    public ScramConversation? Conversation { get; set; }
}
