namespace Lmtp.EmbeddedMongo.Commands.Authentication;

/// <summary><c>saslStart</c>.</summary>
/// <param name="authenticator">Runs the exchange.</param>
internal sealed class SaslStartCommand(Authenticator authenticator) : Command
{
    /// <inheritdoc />
    public override string Name => "saslStart";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["mechanism", "payload", "options"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["autoAuthorize"];

    /// <inheritdoc />
    public override bool IsOpen => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context) =>
        ValueTask.FromResult<CommandReply>(authenticator.Start(context.Body, context.Session).Add("ok", 1.0));
}

/// <summary><c>saslContinue</c>.</summary>
internal sealed class SaslContinueCommand : Command
{
    /// <inheritdoc />
    public override string Name => "saslContinue";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["payload", "conversationId"];

    /// <inheritdoc />
    public override bool IsOpen => true;

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context) =>
        ValueTask.FromResult<CommandReply>(Authenticator.Continue(context.Body, context.Session).Add("ok", 1.0));
}

/// <summary><c>logout</c>.</summary>
internal sealed class LogoutCommand : Command
{
    /// <inheritdoc />
    public override string Name => "logout";

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        context.Session.User = null;
        return ValueTask.FromResult<CommandReply>(new MongoDB.Bson.BsonDocument("ok", 1.0));
    }
}
