using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Why a write failed.</summary>
public class WriteError
{
    internal WriteError(int code, string message, BsonDocument details)
    {
        Code = code;
        Message = message;
        Details = details;
    }

    /// <summary>The kind of error.</summary>
    public ServerErrorCategory Category => Code switch
    {
        11000 or 11001 or 12582 => ServerErrorCategory.DuplicateKey,
        50 => ServerErrorCategory.ExecutionTimeout,
        _ => ServerErrorCategory.Uncategorized,
    };

    /// <summary>The server's code.</summary>
    public int Code { get; }

    /// <summary>What else the server says, or null.</summary>
    public BsonDocument Details { get; }

    /// <summary>The server's message.</summary>
    public string Message { get; }

    /// <inheritdoc />
    public override string ToString()
    {
        var details = Details is null ? "" : $", Details : \"{Details}\"";
        return $"{{ Category : \"{Category}\", Code : {Code}, Message : \"{Message}\"{details} }}";
    }
}
