namespace MongoDB.Driver;

/// <summary>One write of several.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public abstract class WriteModel<TDocument>
{
    private protected WriteModel()
    {
    }

    /// <summary>What kind of write it is.</summary>
    public abstract WriteModelType ModelType { get; }
}

/// <summary>The kinds of writes.</summary>
public enum WriteModelType
{
    /// <summary>Inserts a document.</summary>
    InsertOne,
    /// <summary>Deletes one document.</summary>
    DeleteOne,
    /// <summary>Deletes all matching documents.</summary>
    DeleteMany,
    /// <summary>Replaces one document.</summary>
    ReplaceOne,
    /// <summary>Changes one document.</summary>
    UpdateOne,
    /// <summary>Changes all matching documents.</summary>
    UpdateMany,
}
