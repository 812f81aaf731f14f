using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Encrypted;

/// <summary>Makes users whose mail is encrypted, as WildDuck's API would.</summary>
internal static class EncryptingUsers
{
    /// <summary>Gives a user the S/MIME certificate of <see cref="ReaderKeys"/>, for all stored mail.</summary>
    public static Task UseSmimeAsync(this DeliveryHost host, ObjectId user) => host.SetAsync(
        user, new BsonDocument { { "encryptMessages", true }, { "smimeCerts", new BsonArray { ReaderKeys.Smime } } });

    /// <summary>Gives a user the OpenPGP key of <see cref="ReaderKeys"/>, for all stored mail.</summary>
    public static Task UseOpenPgpAsync(this DeliveryHost host, ObjectId user) => host.SetAsync(
        user, new BsonDocument { { "encryptMessages", true }, { "pubKey", ReaderKeys.OpenPgp } });

    /// <summary>Sets fields of a user.</summary>
    public static Task SetAsync(this DeliveryHost host, ObjectId user, BsonDocument fields) =>
        host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            new BsonDocument("$set", fields),
            cancellationToken: TestContext.Current.CancellationToken);
}
