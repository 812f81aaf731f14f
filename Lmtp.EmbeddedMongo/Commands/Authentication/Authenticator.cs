using System.Security.Cryptography;
using Lmtp.EmbeddedMongo.Query.Expressions;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Authentication;

/// <summary>Runs SCRAM exchanges for <c>saslStart</c>, <c>saslContinue</c> and the handshake's speculative start.</summary>
internal sealed class Authenticator
{
    private const string Mechanism = "SCRAM-SHA-256";
    private const int NonceLength = 24;

    private readonly ScramCredential? _credential;

    /// <summary>Makes the authenticator.</summary>
    /// <param name="options">User and password.</param>
    public Authenticator(EmbeddedMongoOptions options)
    {
        if (options.RequiresAuthentication)
        {
            _credential = ScramCredential.Create(options.User!, options.ReadPassword());
        }
    }

    /// <summary>Starts an exchange.</summary>
    /// <param name="request">Mechanism and payload.</param>
    /// <param name="session">The connection.</param>
    /// <returns>The answer, without <c>ok</c>.</returns>
    public BsonDocument Start(BsonDocument request, ClientSession session)
    {
        if (request.GetValue("mechanism", null) is not BsonString { Value: Mechanism })
        {
            throw new CommandException(ErrorCode.MechanismUnavailable, $"Received authentication for an unavailable mechanism; only {Mechanism} is offered");
        }

        if (_credential is null)
        {
            throw new CommandException(ErrorCode.AuthenticationFailed, "Authentication failed.");
        }

        var conversation = new ScramConversation(_credential, Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceLength)));
        conversation.SkipsEmptyExchange = request.GetValue("options", null) is BsonDocument options
            && options.GetValue("skipEmptyExchange", null) is { } skip
            && Expression.IsTrue(skip);
        session.Conversation = conversation;
        return Answer(conversation.Start(Payload(request)), isDone: false);
    }

    /// <summary>Goes on with the exchange.</summary>
    /// <param name="request">The payload.</param>
    /// <param name="session">The connection.</param>
    /// <returns>The answer, without <c>ok</c>.</returns>
    public static BsonDocument Continue(BsonDocument request, ClientSession session)
    {
        var conversation = session.Conversation
            ?? throw new CommandException(ErrorCode.ProtocolError, "No SASL session state found");
        if (conversation.IsAuthenticated)
        {
            session.Conversation = null;
            return Answer([], isDone: true);
        }

        try
        {
            var payload = conversation.Finish(Payload(request));
            session.User = conversation.User;

            // The exchange is over here; a client that did not ask for it to end gets one more, empty step.
            return Answer(payload, conversation.SkipsEmptyExchange);
        }
        catch (CommandException)
        {
            session.Conversation = null;
            throw;
        }
    }

    private static ReadOnlySpan<byte> Payload(BsonDocument request) => request.GetValue("payload", null) is BsonBinaryData payload
        ? payload.Bytes
        : throw new CommandException(ErrorCode.ProtocolError, "payload must be binary data");

    private static BsonDocument Answer(byte[] payload, bool isDone) => new()
    {
        { "conversationId", 1 },
        { "done", isDone },
        { "payload", new BsonBinaryData(payload) },
    };
}
