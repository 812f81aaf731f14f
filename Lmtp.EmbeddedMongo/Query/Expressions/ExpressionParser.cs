using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>Reads aggregation expressions.</summary>
internal static class ExpressionParser
{
    /// <summary>The names of all expression operators.</summary>
    public static IEnumerable<string> OperatorNames =>
        FunctionTable.Names.Concat(ControlExpressions.Names).Append("$literal");

    /// <summary>Parses an expression.</summary>
    /// <param name="value">The expression as the client sent it.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="CommandException">An operator is unknown or misused.</exception>
    public static Expression Parse(BsonValue value) => value switch
    {
        BsonString { Value: ['$', ..] text } => ParsePath(text),
        BsonArray array => new ArrayExpression([.. array.Select(Parse)]),
        BsonDocument { ElementCount: > 0 } document when document.GetElement(0).Name.StartsWith('$') => ParseOperator(document),
        BsonDocument document => ParseFields(document),
        _ => new LiteralExpression(value),
    };

    /// <summary>The arguments of an operator: an array's items, or the one value.</summary>
    /// <param name="argument">What stands behind the operator's name.</param>
    /// <returns>The parsed arguments.</returns>
    public static Expression[] ParseArguments(BsonValue argument) =>
        argument is BsonArray array ? [.. array.Select(Parse)] : [Parse(argument)];

    private static PathExpression ParsePath(string text)
    {
        var variable = text.StartsWith("$$", StringComparison.Ordinal);
        var path = text[(variable ? 2 : 1)..].Split('.');
        if (path.Any(part => part.Length == 0))
        {
            throw new CommandException(ErrorCode.InvalidPipelineOperator, $"'{text}' is not a valid field path");
        }

        if (!variable && path.Any(part => part.StartsWith('$')))
        {
            throw new CommandException(
                ErrorCode.Location16410,
                $"FieldPath field names may not start with '$'. Consider using $getField or $setField.");
        }

        return variable ? new PathExpression(path[0], path[1..]) : new PathExpression(null, path);
    }

    private static DocumentExpression ParseFields(BsonDocument document) =>
        new([.. document.Select(element => (element.Name, Parse(element.Value)))]);

    private static Expression ParseOperator(BsonDocument document)
    {
        if (document.ElementCount != 1)
        {
            throw new CommandException(
                ErrorCode.Location15983,
                $"An object representing an expression must have exactly one field: {TypeNames.Show(document)}");
        }

        var (name, argument) = (document.GetElement(0).Name, document.GetElement(0).Value);
        if (name == "$literal")
        {
            return new LiteralExpression(argument);
        }

        return ControlExpressions.TryParse(name, argument)
            ?? FunctionTable.TryParse(name, argument)
            ?? throw new CommandException(ErrorCode.InvalidPipelineOperator, $"Unrecognized expression '{name}'");
    }
}
