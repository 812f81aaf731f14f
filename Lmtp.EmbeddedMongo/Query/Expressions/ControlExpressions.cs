using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>The operators that evaluate only some of their arguments, or evaluate them with variables of their own.</summary>
internal static class ControlExpressions
{
    private static readonly Dictionary<string, Func<BsonValue, Expression>> Parsers = new(StringComparer.Ordinal)
    {
        ["$cond"] = ParseCondition,
        ["$ifNull"] = static argument => new LazyExpression(ExpressionParser.ParseArguments(argument), FirstNotNull),
        ["$and"] = static argument => new LazyExpression(
            ExpressionParser.ParseArguments(argument),
            static (items, scope) => (BsonBoolean)items.All(item => Expression.IsTrue(item.Evaluate(scope)))),
        ["$or"] = static argument => new LazyExpression(
            ExpressionParser.ParseArguments(argument),
            static (items, scope) => (BsonBoolean)items.Any(item => Expression.IsTrue(item.Evaluate(scope)))),
        ["$switch"] = ParseSwitch,
        ["$let"] = ParseLet,
        ["$map"] = ParseMap,
        ["$filter"] = ParseFilter,
        ["$reduce"] = ParseReduce,
        ["$getField"] = FieldExpressions.ParseGet,
        ["$setField"] = static argument => FieldExpressions.ParseSet("$setField", argument),
        ["$unsetField"] = static argument => FieldExpressions.ParseSet("$unsetField", argument),
    };

    /// <summary>The names of the operators.</summary>
    public static IEnumerable<string> Names => Parsers.Keys;

    /// <summary>Parses an operator of this kind.</summary>
    /// <param name="name">The operator's name.</param>
    /// <param name="argument">Its argument.</param>
    /// <returns>The expression; null when the name is not one of these.</returns>
    public static Expression? TryParse(string name, BsonValue argument) =>
        Parsers.TryGetValue(name, out var parse) ? parse(argument) : null;

    private static BsonValue? FirstNotNull(Expression[] items, EvaluationScope scope)
    {
        BsonValue? value = null;
        foreach (var item in items)
        {
            value = item.Evaluate(scope);
            if (!Expression.IsNullish(value))
            {
                break;
            }
        }

        return value;
    }

    private static LazyExpression ParseCondition(BsonValue argument)
    {
        var parts = argument switch
        {
            BsonDocument document => Named("$cond", document, ["if", "then", "else"]),
            BsonArray { Count: 3 } array => [.. array.Select(ExpressionParser.Parse)],
            _ => throw WrongCount("$cond", 3, argument),
        };
        return new LazyExpression(
            parts,
            static (items, scope) => items[Expression.IsTrue(items[0].Evaluate(scope)) ? 1 : 2].Evaluate(scope));
    }

    private static LazyExpression ParseSwitch(BsonValue argument)
    {
        var document = RequireDocument("$switch", argument);
        var branches = document.GetValue("branches", null) as BsonArray ?? throw new CommandException(
            ErrorCode.InvalidPipelineOperator,
            "$switch requires an array for 'branches'");
        var parts = branches
            .SelectMany(branch => Named("$switch", RequireDocument("$switch", branch), ["case", "then"]))
            .ToList();
        if (document.TryGetValue("default", out var otherwise))
        {
            parts.Add(ExpressionParser.Parse(otherwise));
        }

        return new LazyExpression([.. parts], Choose);
    }

    private static BsonValue? Choose(Expression[] items, EvaluationScope scope)
    {
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            if (Expression.IsTrue(items[i].Evaluate(scope)))
            {
                return items[i + 1].Evaluate(scope);
            }
        }

        return items.Length % 2 == 1
            ? items[^1].Evaluate(scope)
            : throw new CommandException(
                ErrorCode.Location40066,
                "$switch could not find a matching branch for an input, and no default was specified.");
    }

    private static LazyExpression ParseLet(BsonValue argument)
    {
        var document = RequireDocument("$let", argument);
        var variables = RequireDocument("$let", document.GetValue("vars", null))
            .Select(variable => (variable.Name, Value: ExpressionParser.Parse(variable.Value)))
            .ToArray();
        var body = Named("$let", document, ["vars", "in"])[1];
        return new LazyExpression(
            [body],
            (items, scope) => items[0].Evaluate(variables.Aggregate(
                scope,
                (inner, variable) => inner.With(variable.Name, variable.Value.Evaluate(scope)))));
    }

    private static LazyExpression ParseMap(BsonValue argument)
    {
        var document = RequireDocument("$map", argument);
        var variable = document.GetValue("as", "this").AsString;
        return new LazyExpression(Named("$map", Without(document, "as"), ["input", "in"]), (items, scope) =>
            Input("$map", items[0], scope) is { } input
                ? new BsonArray(input.Select(item => items[1].Evaluate(scope.With(variable, item)) ?? BsonNull.Value))
                : BsonNull.Value);
    }

    private static LazyExpression ParseFilter(BsonValue argument)
    {
        var document = RequireDocument("$filter", argument);
        var variable = document.GetValue("as", "this").AsString;
        var limit = document.TryGetValue("limit", out var value) ? Numbers.RequireInteger(value, "$filter.limit") : long.MaxValue;
        return new LazyExpression(Named("$filter", Without(document, "as", "limit"), ["input", "cond"]), (items, scope) =>
            Input("$filter", items[0], scope) is { } input
                ? new BsonArray(input
                    .Where(item => Expression.IsTrue(items[1].Evaluate(scope.With(variable, item))))
                    .Take((int)Math.Min(int.MaxValue, limit)))
                : BsonNull.Value);
    }

    private static LazyExpression ParseReduce(BsonValue argument) => new(
        Named("$reduce", RequireDocument("$reduce", argument), ["input", "initialValue", "in"]),
        static (items, scope) => Input("$reduce", items[0], scope) is { } input
            ? input.Aggregate(
                items[1].Evaluate(scope),
                (value, item) => items[2].Evaluate(scope.With("value", value).With("this", item)))
            : BsonNull.Value);

    private static IEnumerable<BsonValue>? Input(string name, Expression expression, EvaluationScope scope)
    {
        var value = expression.Evaluate(scope);
        return Expression.IsNullish(value)
            ? null
            : Watched(value as BsonArray ?? throw new CommandException(
                ErrorCode.BadValue,
                $"input to {name} must be an array not {TypeNames.Of(value)}"), scope.Budget);
    }

    private static IEnumerable<BsonValue> Watched(BsonArray array, TimeBudget budget)
    {
        foreach (var item in array)
        {
            budget.Check();
            yield return item;
        }
    }

    private static BsonDocument Without(BsonDocument document, params string[] names) =>
        new(document.Where(element => !names.Contains(element.Name)));

    private static Expression[] Named(string name, BsonDocument document, string[] fields)
    {
        var unknown = document.Names.FirstOrDefault(field => !fields.Contains(field));
        if (unknown is not null)
        {
            throw new CommandException(ErrorCode.InvalidPipelineOperator, $"Unrecognized parameter to {name}: {unknown}");
        }

        return [.. fields.Select(field => document.TryGetValue(field, out var value)
            ? ExpressionParser.Parse(value)
            : throw new CommandException(ErrorCode.InvalidPipelineOperator, $"Missing '{field}' parameter to {name}"))];
    }

    private static BsonDocument RequireDocument(string name, BsonValue? value) =>
        value as BsonDocument ?? throw new CommandException(
            ErrorCode.InvalidPipelineOperator,
            $"{name} only supports an object as its argument");

    private static CommandException WrongCount(string name, int count, BsonValue argument) => new(
        ErrorCode.Location16020,
        $"Expression {name} takes exactly {count} arguments. {(argument is BsonArray array ? array.Count : 1)} were passed in.");

    private sealed class LazyExpression(
        Expression[] items,
        Func<Expression[], EvaluationScope, BsonValue?> evaluate) : Expression
    {
        public override BsonValue? Evaluate(EvaluationScope scope) => evaluate(items, scope);
    }
}
