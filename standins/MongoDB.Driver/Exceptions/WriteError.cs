using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.ServerErrorCategory.</summary>
public enum ServerErrorCategory
{
    Uncategorized,
    DuplicateKey,
    ExecutionTimeout,
}

/// <summary>Mirrors MongoDB.Driver.WriteError: why one write failed.</summary>
public class WriteError
{
    internal WriteError(BsonDocument error)
    {
        Code = error.GetValue("code", 0).ToInt32();
        Message = error.GetValue("errmsg", string.Empty).AsString;
        Details = error.TryGetValue("errInfo", out var info) ? info.AsBsonDocument : [];
        Category = Code switch
        {
            11000 or 11001 or 12582 => ServerErrorCategory.DuplicateKey,
            50 => ServerErrorCategory.ExecutionTimeout,
            _ => ServerErrorCategory.Uncategorized,
        };
    }

    public ServerErrorCategory Category { get; }

    public int Code { get; }

    public BsonDocument Details { get; }

    public string Message { get; }
}

/// <summary>Mirrors MongoDB.Driver.BulkWriteError: a write error and the request it belongs to.</summary>
public class BulkWriteError : WriteError
{
    internal BulkWriteError(BsonDocument error, int index)
        : base(error) => Index = index;

    public int Index { get; }
}

/// <summary>Mirrors MongoDB.Driver.WriteConcernError.</summary>
public class WriteConcernError
{
    internal WriteConcernError(BsonDocument error)
    {
        Code = error.GetValue("code", 0).ToInt32();
        CodeName = error.GetValue("codeName", string.Empty).AsString;
        Message = error.GetValue("errmsg", string.Empty).AsString;
    }

    public int Code { get; }

    public string CodeName { get; }

    public string Message { get; }
}
