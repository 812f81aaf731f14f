using Lmtp.EmbeddedMongo.Commands.Authentication;
using Lmtp.EmbeddedMongo.Wire;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Diagnostics;

/// <summary>
/// <c>hello</c> and its old names: a standalone. It stays the one to read from when its disk fails, and says so by
/// <c>readOnly</c>, as MongoDB does.
/// </summary>
/// <param name="database">Tells whether it can still be written to.</param>
/// <param name="authenticator">Starts an authentication that the client sends along.</param>
/// <param name="options">The only user.</param>
internal sealed class HelloCommand(Database database, Authenticator authenticator, EmbeddedMongoOptions options) : Command
{
    private const int SessionTimeoutMinutes = 30;

    /// <inheritdoc />
    public override string Name => "hello";

    /// <inheritdoc />
    public override IReadOnlyList<string> Aliases => ["isMaster", "ismaster"];

    /// <inheritdoc />
    public override bool IsOpen => true;

    /// <inheritdoc />
    public override bool AcceptsUnknownFields => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var isHello = context.Body.GetElement(0).Name == "hello";
        var reply = new BsonDocument
        {
            { isHello ? "isWritablePrimary" : "ismaster", true },
            { "helloOk", true },
            { "maxBsonObjectSize", WireProtocol.MaxDocumentBytes },
            { "maxMessageSizeBytes", WireProtocol.MaxMessageBytes },
            { "maxWriteBatchSize", WireProtocol.MaxWriteBatchSize },
            { "localTime", new BsonDateTime(context.Now.ToUnixTimeMilliseconds()) },
            { "logicalSessionTimeoutMinutes", SessionTimeoutMinutes },
            { "connectionId", context.Session.ConnectionId },
            { "minWireVersion", WireProtocol.MinWireVersion },
            { "maxWireVersion", WireProtocol.MaxWireVersion },
            { "readOnly", database.Engine.Failure is not null },
        };
        if (context.Body.GetValue("saslSupportedMechs", null) is BsonString user && options.RequiresAuthentication
            && user.Value.EndsWith("." + options.User, StringComparison.Ordinal))
        {
            reply.Add("saslSupportedMechs", new BsonArray { "SCRAM-SHA-256" });
        }

        if (context.Document("speculativeAuthenticate") is { } start)
        {
            AddSpeculation(reply, start, context.Session);
        }

        return ValueTask.FromResult<CommandReply>(reply.Add("ok", 1.0));
    }

    // A speculative start that fails is left out: the client then starts in the ordinary way and gets the error there.
    private void AddSpeculation(BsonDocument reply, BsonDocument start, ClientSession session)
    {
        try
        {
            reply.Add("speculativeAuthenticate", authenticator.Start(start, session));
        }
        catch (CommandException)
        {
            session.Conversation = null;
        }
    }
}

/// <summary><c>ping</c>.</summary>
internal sealed class PingCommand : Command
{
    /// <inheritdoc />
    public override string Name => "ping";

    /// <inheritdoc />
    public override bool IsOpen => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context) =>
        ValueTask.FromResult<CommandReply>(new BsonDocument("ok", 1.0));
}

/// <summary><c>endSessions</c>, <c>startSession</c> and <c>refreshSessions</c>: sessions hold nothing here.</summary>
/// <param name="name">The command's name.</param>
internal sealed class SessionCommand(string name) : Command
{
    /// <summary>The names of the commands.</summary>
    public static IReadOnlyList<string> Names { get; } = ["endSessions", "refreshSessions", "killSessions", "killAllSessions"];

    /// <inheritdoc />
    public override string Name => name;

    /// <inheritdoc />
    public override bool IsOpen => name == "endSessions";

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context) =>
        ValueTask.FromResult<CommandReply>(new BsonDocument("ok", 1.0));
}

/// <summary><c>startSession</c>.</summary>
internal sealed class StartSessionCommand : Command
{
    /// <inheritdoc />
    public override string Name => "startSession";

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var id = new BsonBinaryData(Guid.NewGuid().ToByteArray(bigEndian: true), BsonBinarySubType.UuidStandard);
        return ValueTask.FromResult<CommandReply>(new BsonDocument
        {
            { "id", new BsonDocument("id", id) },
            { "timeoutMinutes", 30 },
            { "ok", 1.0 },
        });
    }
}
