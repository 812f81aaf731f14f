using Lmtp.EmbeddedMongo.Commands.Administration;
using Lmtp.EmbeddedMongo.Commands.Authentication;
using Lmtp.EmbeddedMongo.Commands.Cursors;
using Lmtp.EmbeddedMongo.Commands.Diagnostics;
using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Commands.Writing;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>All commands of the server.</summary>
internal static class CommandTable
{
    /// <summary>Makes the commands.</summary>
    /// <param name="database">The storage.</param>
    /// <param name="cursors">The open cursors.</param>
    /// <param name="authenticator">Runs authentications.</param>
    /// <param name="options">The server's settings.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The commands.</returns>
    public static IReadOnlyList<Command> Create(
        Database database,
        CursorRegistry cursors,
        Authenticator authenticator,
        EmbeddedMongoOptions options,
        TimeProvider time) =>
    [
        new HelloCommand(database, authenticator, options),
        new PingCommand(),
        new BuildInfoCommand(),
        new SaslStartCommand(authenticator),
        new SaslContinueCommand(),
        new LogoutCommand(),
        .. SessionCommand.Names.Select(name => new SessionCommand(name)),
        new StartSessionCommand(),
        new FindCommand(database, cursors),
        new GetMoreCommand(cursors),
        new KillCursorsCommand(cursors),
        new CountCommand(database),
        new DistinctCommand(database),
        new AggregateCommand(database, cursors),
        new ExplainCommand(database),
        new InsertCommand(database),
        new UpdateCommand(database),
        new DeleteCommand(database),
        new FindAndModifyCommand(database),
        new CreateCommand(database),
        new DropCommand(database),
        new DropDatabaseCommand(database),
        new RenameCollectionCommand(database),
        new ListCollectionsCommand(database, cursors),
        new ListDatabasesCommand(database),
        new CreateIndexesCommand(database),
        new DropIndexesCommand(database),
        new ListIndexesCommand(database, cursors),
        new ConnectionStatusCommand(),
        new WhatsMyUriCommand(),
        new GetParameterCommand(),
        new GetLogCommand(),
        new HostInfoCommand(),
        new ServerStatusCommand(database, cursors, time),
        new CollStatsCommand(database),
        new DbStatsCommand(database),
    ];
}
