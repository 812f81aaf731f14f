using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>An error that the client is told of, with MongoDB's code and its name.</summary>
internal sealed class CommandException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">MongoDB's error code.</param>
    /// <param name="message">The text for the client; it must hold no secret.</param>
    public CommandException(ErrorCode code, string message)
        : base(message)
    {
        Code = (int)code;
        CodeName = Enum.IsDefined(code) ? code.ToString() : $"Location{(int)code}";
    }

    private CommandException(StorageException exception)
        : base(exception.Message, exception)
    {
        Code = exception.Code;
        CodeName = exception.CodeName;
    }

    /// <summary>MongoDB's error code.</summary>
    public int Code { get; }

    /// <summary>MongoDB's name of the code, <c>Location</c> and the number where it has none.</summary>
    public string CodeName { get; }

    /// <summary>Further fields of the error, such as <c>keyPattern</c>; null when there are none.</summary>
    public BsonDocument? Details { get; private init; }

    /// <summary>The error that stands for one of the storage engine.</summary>
    /// <param name="exception">The engine's error.</param>
    /// <returns>The same error for the client.</returns>
    public static CommandException From(StorageException exception) => new(exception)
    {
        Details = exception is DuplicateKeyException duplicate
            ? new BsonDocument
            {
                { "keyPattern", RawDocument.Decode(duplicate.KeyPattern.Span) },
                { "keyValue", RawDocument.Decode(duplicate.KeyValue.Span) },
            }
            : null,
    };

    /// <summary>The error as a command's whole reply.</summary>
    /// <returns>A document with <c>ok</c> 0.</returns>
    public BsonDocument ToReply()
    {
        var reply = new BsonDocument
        {
            { "ok", 0.0 },
            { "errmsg", Message },
            { "code", Code },
            { "codeName", CodeName },
        };
        if (Details is not null)
        {
            reply.AddRange(Details);
        }

        return reply;
    }
}
