using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Why a write concern was not met.</summary>
public class WriteConcernError
{
    internal WriteConcernError(int code, string codeName, string message, BsonDocument details, IEnumerable<string> errorLabels)
    {
        Code = code;
        CodeName = codeName;
        Message = message;
        Details = details;
        ErrorLabels = errorLabels;
    }

    /// <summary>The server's code.</summary>
    public int Code { get; }

    /// <summary>The name of the code.</summary>
    public string CodeName { get; }

    /// <summary>What else the server says, or null.</summary>
    public BsonDocument Details { get; }

    /// <summary>The labels of the error.</summary>
    public IEnumerable<string> ErrorLabels { get; }

    /// <summary>The server's message.</summary>
    public string Message { get; }

    /// <inheritdoc />
    public override string ToString() => $"{{ Code : {Code}, Message : \"{Message}\" }}";
}
