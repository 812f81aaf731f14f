using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// A change of several documents, as it is written down before it begins. Whatever breaks it off, another server completes
/// it, or sees that it never began.
/// </summary>
internal abstract record PendingChange
{
    /// <summary>What is changed. Of one thing there is one change at a time.</summary>
    public abstract ObjectId Id { get; }

    /// <summary>The owner.</summary>
    public abstract ObjectId User { get; }

    /// <summary>Stands for this change, and for no other one of the same thing.</summary>
    public abstract ObjectId Token { get; }

    /// <summary>What kind of change it is, as it is written down.</summary>
    public abstract string Name { get; }

    /// <summary>Reads what <see cref="ToBson"/> wrote.</summary>
    public static PendingChange From(BsonDocument document) => document.StringOrEmpty("kind") switch
    {
        MailboxDeletion.KindName => MailboxDeletion.Read(document),
        UserDeletion.KindName => UserDeletion.Read(document),
        _ => MessageChange.Read(document),
    };

    /// <summary>The change as a document.</summary>
    public BsonDocument ToBson()
    {
        var document = new BsonDocument { { "_id", Id }, { "user", User }, { "token", Token }, { "kind", Name } };
        document.AddRange(Content());
        return document;
    }

    /// <summary>What only this kind of change has.</summary>
    protected abstract BsonDocument Content();
}
