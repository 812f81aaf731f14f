using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>An aggregation expression.</summary>
internal abstract class Expression
{
    /// <summary>The expression's value.</summary>
    /// <param name="scope">The document and the variables.</param>
    /// <returns>The value, null when missing.</returns>
    public abstract BsonValue? Evaluate(EvaluationScope scope);

    /// <summary>Whether a value counts as true: everything but false, null, missing, undefined and zero.</summary>
    /// <param name="value">The value, null when missing.</param>
    /// <returns>True or false.</returns>
    public static bool IsTrue(BsonValue? value) => value switch
    {
        null or BsonNull or BsonUndefined => false,
        BsonBoolean boolean => boolean.Value,
        _ when Values.Numbers.IsNumber(value) => Values.Numbers.ToDouble(value) != 0,
        _ => true,
    };

    /// <summary>Whether a value counts as absent: null, missing or undefined.</summary>
    /// <param name="value">The value, null when missing.</param>
    /// <returns>True or false.</returns>
    public static bool IsNullish(BsonValue? value) => value is null or BsonNull or BsonUndefined;
}

/// <summary>A constant.</summary>
/// <param name="value">The value, null when missing.</param>
internal sealed class LiteralExpression(BsonValue? value) : Expression
{
    /// <inheritdoc />
    public override BsonValue? Evaluate(EvaluationScope scope) => value;
}

/// <summary>A document whose fields are expressions; missing values leave their field out.</summary>
/// <param name="fields">Names and expressions.</param>
internal sealed class DocumentExpression(IReadOnlyList<(string Name, Expression Value)> fields) : Expression
{
    /// <inheritdoc />
    public override BsonValue? Evaluate(EvaluationScope scope)
    {
        var document = new BsonDocument();
        foreach (var (name, expression) in fields)
        {
            var value = expression.Evaluate(scope);
            if (value is not null)
            {
                document.Set(name, value);
            }
        }

        return document;
    }
}

/// <summary>An array of expressions; missing values become null.</summary>
/// <param name="items">The expressions.</param>
internal sealed class ArrayExpression(IReadOnlyList<Expression> items) : Expression
{
    /// <inheritdoc />
    public override BsonValue? Evaluate(EvaluationScope scope) =>
        new BsonArray(items.Select(item => item.Evaluate(scope) ?? BsonNull.Value));
}

/// <summary>A path such as <c>$a.b</c> or <c>$$variable.a</c>.</summary>
/// <param name="variable">The variable that the path starts from; null for the document.</param>
/// <param name="path">The parts of the path.</param>
internal sealed class PathExpression(string? variable, string[] path) : Expression
{
    /// <summary>The field of the document that it stands for; null for a path of several fields, or into a variable.</summary>
    public string? Field => variable is null && path is [var name] ? name : null;

    /// <inheritdoc />
    public override BsonValue? Evaluate(EvaluationScope scope) => Resolve(Start(scope), path);

    private static BsonValue? Resolve(BsonValue? value, ReadOnlySpan<string> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            switch (value)
            {
                case BsonDocument document:
                    value = document.TryGetValue(path[i], out var child) ? child : null;
                    break;
                case BsonArray array:
                    return Collect(array, path[i..]);
                default:
                    return null;
            }
        }

        return value;
    }

    // A path through an array gives the array of what its documents hold there; index numbers mean nothing here.
    private static BsonArray Collect(BsonArray array, ReadOnlySpan<string> path)
    {
        var result = new BsonArray();
        foreach (var item in array)
        {
            if (item is BsonDocument or BsonArray && Resolve(item, path) is { } value)
            {
                result.Add(value);
            }
        }

        return result;
    }

    private BsonValue? Start(EvaluationScope scope)
    {
        switch (variable)
        {
            case null or "ROOT":
                return scope.Root;
            case "CURRENT":
                return scope.TryGet("CURRENT", out var current) ? current : scope.Root;
            case "NOW":
                return new BsonDateTime(scope.Now.ToUnixTimeMilliseconds());
            case "REMOVE":
                return null;
            default:
                return scope.TryGet(variable, out var value)
                    ? value
                    : throw new Commands.CommandException(
                        Commands.ErrorCode.Location17276,
                        $"Use of undefined variable: {variable}");
        }
    }
}

/// <summary>An operator whose value depends on nothing but its arguments' values.</summary>
/// <param name="arguments">The arguments.</param>
/// <param name="function">Computes the value; a missing argument is null.</param>
internal sealed class FunctionExpression(IReadOnlyList<Expression> arguments, Func<BsonValue?[], BsonValue?> function) : Expression
{
    /// <inheritdoc />
    public override BsonValue? Evaluate(EvaluationScope scope)
    {
        var values = new BsonValue?[arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(scope);
        }

        return function(values);
    }
}
