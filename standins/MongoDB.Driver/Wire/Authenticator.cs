using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Lmtp.ServiceDefaults.Authentication;
using MongoDB.Bson;

namespace MongoDB.Driver.Wire;

/// <summary>Proves to a server who the client is.</summary>
internal sealed class Authenticator(MongoCredential credential)
{
    public async Task AuthenticateAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (credential is null)
        {
            return;
        }

        var mechanism = credential.Mechanism ?? (connection.Hello.Mechanisms.Contains("SCRAM-SHA-256") || connection.Hello.Mechanisms.Count == 0 ? "SCRAM-SHA-256" : "SCRAM-SHA-1");
        try
        {
            await (mechanism switch
            {
                "SCRAM-SHA-256" => ScramAsync(connection, mechanism, SaslPrep.Prepare(credential.SecretPassword), cancellationToken),
                "SCRAM-SHA-1" => ScramAsync(connection, mechanism, LegacyDigest(), cancellationToken),
                "PLAIN" => PlainAsync(connection, cancellationToken),
                "MONGODB-X509" => X509Async(connection, cancellationToken),
                _ => throw new NotSupportedException($"The authentication mechanism {mechanism} is not supported."),
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MongoCommandException or FormatException or NotSupportedException or InvalidOperationException)
        {
            throw new MongoAuthenticationException(connection.Id, $"Unable to authenticate using sasl protocol mechanism {mechanism}.", exception);
        }
    }

    private static async Task<BsonDocument> RunAsync(Connection connection, string database, BsonDocument body, CancellationToken cancellationToken)
    {
        var command = new DriverCommand(database, body);
        return await connection.ExchangeAsync(command, null, keep: false, CommandReply.Materialize(connection, command), cancellationToken).ConfigureAwait(false);
    }

    private async Task ScramAsync(Connection connection, string mechanism, string password, CancellationToken cancellationToken)
    {
        var scram = new Scram(mechanism, credential.Username, password);
        var start = new BsonDocument
        {
            { "saslStart", 1 },
            { "mechanism", mechanism },
            { "payload", scram.ClientFirst },
            { "options", new BsonDocument("skipEmptyExchange", true) },
        };
        var reply = await RunAsync(connection, credential.Source, start, cancellationToken).ConfigureAwait(false);
        var conversation = reply["conversationId"];
        reply = await ContinueAsync(connection, conversation, scram.ClientFinal(reply["payload"].AsByteArray), cancellationToken).ConfigureAwait(false);
        scram.Verify(reply["payload"].AsByteArray);
        if (!reply["done"].ToBoolean())
        {
            await ContinueAsync(connection, conversation, [], cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<BsonDocument> ContinueAsync(Connection connection, BsonValue conversation, byte[] payload, CancellationToken cancellationToken)
    {
        var body = new BsonDocument { { "saslContinue", 1 }, { "conversationId", conversation }, { "payload", payload } };
        return RunAsync(connection, credential.Source, body, cancellationToken);
    }

    private Task<BsonDocument> PlainAsync(Connection connection, CancellationToken cancellationToken)
    {
        var payload = Encoding.UTF8.GetBytes($"\0{credential.Username}\0{credential.SecretPassword}");
        return RunAsync(connection, credential.Source, new BsonDocument { { "saslStart", 1 }, { "mechanism", "PLAIN" }, { "payload", payload } }, cancellationToken);
    }

    private Task<BsonDocument> X509Async(Connection connection, CancellationToken cancellationToken)
    {
        var body = new BsonDocument { { "authenticate", 1 }, { "mechanism", "MONGODB-X509" } }.Add("user", credential.Username, credential.Username is not null);
        return RunAsync(connection, "$external", body, cancellationToken);
    }

    [SuppressMessage("Security", "CA5351", Justification = "SCRAM-SHA-1 of MongoDB hashes an MD5 digest instead of the password.")]
    private string LegacyDigest() => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{credential.Username}:mongo:{credential.SecretPassword}")));
}
