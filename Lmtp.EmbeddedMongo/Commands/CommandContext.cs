using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Values;
using Lmtp.EmbeddedMongo.Wire;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>A command that is being carried out.</summary>
internal sealed class CommandContext
{
    /// <summary>Makes a context.</summary>
    /// <param name="request">The command as it came.</param>
    /// <param name="name">The command's own name, for error texts.</param>
    /// <param name="session">The connection.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends when the client is gone.</param>
    public CommandContext(
        CommandRequest request,
        string name,
        ClientSession session,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        Request = request;
        Name = name;
        Session = session;
        CancellationToken = cancellationToken;
        Now = time.GetUtcNow();
        Database = request.Body.GetValue("$db", null) is BsonString database ? database.Value : string.Empty;
        Budget = new TimeBudget(time, TimeLimit());
        Budget.Resume(cancellationToken);
    }

    /// <summary>The command as it came.</summary>
    public CommandRequest Request { get; }

    /// <summary>The command's document.</summary>
    public BsonDocument Body => Request.Body;

    /// <summary>The command's own name.</summary>
    public string Name { get; }

    /// <summary>The database that the command is for.</summary>
    public string Database { get; }

    /// <summary>The connection.</summary>
    public ClientSession Session { get; }

    /// <summary>Ends when the client is gone.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The time at which the command came.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The values of <c>let</c>; null when there are none.</summary>
    public IReadOnlyDictionary<string, BsonValue>? Variables => Document("let")?.ToDictionary(
        element => element.Name,
        element => Query.Expressions.ExpressionParser.Parse(element.Value)
            .Evaluate(new Query.Expressions.EvaluationScope([], Now)) ?? BsonNull.Value);

    /// <summary>How long the command may work; a cursor that it leaves behind goes on with what is left.</summary>
    public TimeBudget Budget { get; }

    /// <summary>The collection that the command's first field names.</summary>
    /// <returns>Database and collection.</returns>
    /// <exception cref="CommandException">The name is not possible.</exception>
    public Namespace Collection()
    {
        var value = Body.GetElement(0).Value;
        if (value is not BsonString name)
        {
            throw new CommandException(
                ErrorCode.InvalidNamespace,
                $"collection name has invalid type {TypeNames.Of(value)}");
        }

        return NamespaceName.Create(Database, name.Value);
    }

    /// <summary>A field that is a document.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The document; null when the field is missing or null.</returns>
    public BsonDocument? Document(string field) => Typed<BsonDocument>(field, "object");

    /// <summary>A field that is an array.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The array; null when the field is missing or null.</returns>
    public BsonArray? Array(string field) => Typed<BsonArray>(field, "array");

    /// <summary>A field that is a string.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The string; null when the field is missing or null.</returns>
    public string? Text(string field) => Typed<BsonString>(field, "string")?.Value;

    /// <summary>A field that is true or false, or a number that stands for it.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="missing">The value when the field is missing.</param>
    /// <returns>True or false.</returns>
    public bool Flag(string field, bool missing = false)
    {
        var value = Body.GetValue(field, null);
        if (value is null or BsonNull)
        {
            return missing;
        }

        return value is BsonBoolean || Numbers.IsNumber(value)
            ? Query.Expressions.Expression.IsTrue(value)
            : throw WrongType(field, value, "types '[bool, long, int, decimal, double']");
    }

    /// <summary>A field that is a whole number, not negative.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="missing">The value when the field is missing.</param>
    /// <returns>The number.</returns>
    public long Integer(string field, long missing)
    {
        var value = Body.GetValue(field, null);
        if (value is null or BsonNull)
        {
            return missing;
        }

        var number = Numbers.RequireInteger(value, $"{Name}.{field}");
        return number >= 0
            ? number
            : throw new CommandException(
                ErrorCode.Location51024,
                $"BSON field '{field}' value must be >= 0, actual value '{number}'");
    }

    /// <summary>The documents of a field, as an array in the command or as a document sequence.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The documents.</returns>
    public IReadOnlyList<BsonDocument> Documents(string field)
    {
        if (Request.Sequences.TryGetValue(field, out var sequence))
        {
            return [.. sequence.Select(document => Query.Raw.RawDocument.Decode(document.Span))];
        }

        var array = Array(field) ?? throw Missing(field);
        return [.. array.Select(item => item as BsonDocument ?? throw WrongType($"{field}.0", item, "type 'object'"))];
    }

    /// <summary>The error for a required field that is missing.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The error.</returns>
    public CommandException Missing(string field) =>
        new(ErrorCode.IDLFailedToParse, $"BSON field '{Name}.{field}' is missing but a required field");

    private TimeSpan? TimeLimit()
    {
        var limit = Integer("maxTimeMS", 0);
        return limit switch
        {
            0 => null,
            <= int.MaxValue => TimeSpan.FromMilliseconds(limit),
            _ => throw new CommandException(ErrorCode.BadValue, $"{limit} value for maxTimeMS is out of range [0, {int.MaxValue}]"),
        };
    }

    private T? Typed<T>(string field, string type)
        where T : BsonValue
    {
        var value = Body.GetValue(field, null);
        return value switch
        {
            null or BsonNull => null,
            T typed => typed,
            _ => throw WrongType(field, value, $"type '{type}'"),
        };
    }

    private CommandException WrongType(string field, BsonValue value, string expected) => new(
        ErrorCode.TypeMismatch,
        $"BSON field '{Name}.{field}' is the wrong type '{TypeNames.Of(value)}', expected {expected}");
}
