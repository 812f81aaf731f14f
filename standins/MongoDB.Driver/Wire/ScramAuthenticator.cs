using System.Security.Cryptography;
using System.Text;
using MongoDB.Bson;

namespace MongoDB.Driver.Wire;

/// <summary>SCRAM-SHA-256 and SCRAM-SHA-1 (RFC 5802, RFC 7677, MongoDB authentication specification).</summary>
internal sealed class ScramAuthenticator(WireConnection connection, MongoCredential credential)
{
    private const string Sha1 = "SCRAM-SHA-1";
    private const string Sha256 = "SCRAM-SHA-256";

    public async Task AuthenticateAsync(BsonDocument hello, CancellationToken cancellationToken)
    {
        var mechanism = credential.Mechanism ?? Choose(hello);
        if (mechanism is not (Sha1 or Sha256))
        {
            throw Failed($"the mechanism {mechanism} is not supported");
        }

        var conversation = new ScramConversation(
            mechanism == Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1,
            credential.Username,
            mechanism == Sha256 ? (credential.Password ?? string.Empty).Normalize(NormalizationForm.FormKC) : LegacyDigest(),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)));
        var start = new BsonDocument
        {
            { "saslStart", 1 },
            { "mechanism", mechanism },
            { "payload", Encoding.UTF8.GetBytes(conversation.ClientFirst) },
            { "options", new BsonDocument("skipEmptyExchange", true) },
            { "$db", credential.Source },
        };
        var reply = await SendAsync(start, cancellationToken).ConfigureAwait(false);
        var final = conversation.ClientFinal(Payload(reply)) ?? throw Failed("the server's first message is not valid");
        reply = await ContinueAsync(reply, final, cancellationToken).ConfigureAwait(false);
        if (!conversation.IsServerProof(Payload(reply)))
        {
            throw Failed("the server did not prove that it knows the password");
        }

        while (!reply["done"].ToBoolean())
        {
            reply = await ContinueAsync(reply, string.Empty, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Choose(BsonDocument hello) =>
        !hello.TryGetValue("saslSupportedMechs", out var offered) || offered.AsBsonArray.Contains(Sha256) ? Sha256 : Sha1;

    private static string Payload(BsonDocument reply) => Encoding.UTF8.GetString(reply["payload"].AsByteArray);

    private Task<BsonDocument> ContinueAsync(BsonDocument previous, string payload, CancellationToken cancellationToken) => SendAsync(
        new BsonDocument
        {
            { "saslContinue", 1 },
            { "conversationId", previous["conversationId"] },
            { "payload", Encoding.UTF8.GetBytes(payload) },
            { "$db", credential.Source },
        },
        cancellationToken);

    private async Task<BsonDocument> SendAsync(BsonDocument command, CancellationToken cancellationToken)
    {
        var reply = await connection.RoundTripAsync(command, null, cancellationToken).ConfigureAwait(false);
        return reply.GetValue("ok", 0).ToDouble() == 1 ? reply : throw Failed(reply.GetValue("errmsg", "refused").AsString);
    }

    /// <summary>SCRAM-SHA-1 hashes what MONGODB-CR made of the password.</summary>
    private string LegacyDigest() =>
#pragma warning disable CA5351 // The protocol asks for MD5 here; it protects nothing by itself.
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{credential.Username}:mongo:{credential.Password}")));
#pragma warning restore CA5351

    private MongoAuthenticationException Failed(string why) =>
        new(connection.Id, $"Unable to authenticate '{credential.Username}' against '{credential.Source}': {why}.");
}
