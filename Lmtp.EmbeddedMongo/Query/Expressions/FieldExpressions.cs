using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>The operators that reach fields whose names hold dots or dollar signs.</summary>
internal static class FieldExpressions
{
    /// <summary>Parses <c>$getField</c>.</summary>
    /// <param name="argument">A field name, or a document with <c>field</c> and <c>input</c>.</param>
    /// <returns>The expression.</returns>
    public static Expression ParseGet(BsonValue argument)
    {
        var isFull = argument is BsonDocument { ElementCount: > 0 } document && !document.GetElement(0).Name.StartsWith('$');
        var name = FieldName("$getField", isFull ? argument["field"] : argument);
        var input = isFull && argument.AsBsonDocument.TryGetValue("input", out var value)
            ? ExpressionParser.Parse(value)
            : new PathExpression("CURRENT", []);
        return new FunctionExpression([input], values => values[0] switch
        {
            BsonDocument from => from.GetValue(name, null),
            null => null,
            _ => Expression.IsNullish(values[0]) ? BsonNull.Value : null,
        });
    }

    /// <summary>Parses <c>$setField</c> and <c>$unsetField</c>.</summary>
    /// <param name="operation">The operator's name.</param>
    /// <param name="argument">A document with <c>field</c>, <c>input</c> and, for the former, <c>value</c>.</param>
    /// <returns>The expression.</returns>
    public static Expression ParseSet(string operation, BsonValue argument)
    {
        var isSet = operation == "$setField";
        if (argument is not BsonDocument document
            || !document.Contains("field")
            || !document.Contains("input")
            || document.Contains("value") != isSet)
        {
            throw new CommandException(ErrorCode.Location4161102, $"{operation} requires 'field', 'input'{(isSet ? " and 'value'" : string.Empty)} to be specified");
        }

        var name = FieldName(operation, document["field"]);
        var value = isSet ? ExpressionParser.Parse(document["value"]) : new LiteralExpression(null);
        return new FunctionExpression(
            [ExpressionParser.Parse(document["input"]), value],
            values => Set(operation, values[0], name, values[1]));
    }

    private static BsonValue Set(string operation, BsonValue? input, string name, BsonValue? value)
    {
        if (Expression.IsNullish(input))
        {
            return BsonNull.Value;
        }

        var document = input as BsonDocument ?? throw new CommandException(
            ErrorCode.Location4161105,
            $"{operation} requires 'input' to evaluate to type Object");
        var result = new BsonDocument(document.Elements);
        if (value is null)
        {
            result.Remove(name);
        }
        else
        {
            result.Set(name, value);
        }

        return result;
    }

    private static string FieldName(string operation, BsonValue field) => field switch
    {
        BsonString { Value: ['$', ..] } => throw new CommandException(
            ErrorCode.Location4161108,
            $"A field path reference which is not a constant was given to {operation}; use $literal for a name with a dollar sign"),
        BsonString name => name.Value,
        BsonDocument { ElementCount: 1 } literal when literal.GetValue("$literal", null) is BsonString name => name.Value,
        _ => throw new CommandException(
            ErrorCode.Location5654602,
            $"{operation} requires 'field' to evaluate to type String, but got {TypeNames.Of(field)}"),
    };
}
