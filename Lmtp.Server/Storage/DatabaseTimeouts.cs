using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// How long the database may take. Every call has an end: where an answer is lost on its way, a delivery would otherwise
/// wait for it for ever, and with it all others to the same mailbox.
/// </summary>
internal static class DatabaseTimeouts
{
    /// <summary>How long a server is looked for: a database that is away is answered 451 well before an MTA gives up.</summary>
    public static readonly TimeSpan ServerSelection = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer is waited for, where the connection string has no <c>socketTimeoutMS</c>.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromMinutes(1);

    /// <summary>Sets the limits of a client.</summary>
    public static void Apply(MongoClientSettings settings)
    {
        settings.ServerSelectionTimeout = ServerSelection;
        if (settings.SocketTimeout == TimeSpan.Zero)
        {
            settings.SocketTimeout = Answer;
        }
    }
}
