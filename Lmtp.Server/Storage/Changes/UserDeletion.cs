using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>The deletion of a user with everything that is the user's, as it is written down before it begins.</summary>
/// <param name="Account">The user.</param>
/// <param name="Itself">Stands for this deletion.</param>
internal sealed record UserDeletion(ObjectId Account, ObjectId Itself) : PendingChange
{
    public const string KindName = "user";

    public override ObjectId Id => Account;

    public override ObjectId User => Account;

    public override ObjectId Token => Itself;

    public override string Name => KindName;

    /// <summary>Reads what was written down.</summary>
    public static UserDeletion Read(BsonDocument document) => new(document["_id"].AsObjectId, document["token"].AsObjectId);

    protected override BsonDocument Content() => [];
}
