using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary><c>$group</c>.</summary>
internal sealed class GroupStage : Stage
{
    private readonly Expression _id;
    private readonly (string Name, Func<Accumulator> Create, Expression Argument)[] _fields;

    private GroupStage(Expression id, (string, Func<Accumulator>, Expression)[] fields)
    {
        _id = id;
        _fields = fields;
    }

    /// <summary>Whether no field of a document is looked at, as in counting.</summary>
    public bool ReadsNothing => _id is LiteralExpression && _fields.All(accumulated => accumulated.Argument is LiteralExpression);

    /// <summary>The only field of a document that is looked at, as in counting by its values; null when there is none or more.</summary>
    public string? OnlyField =>
        _id is PathExpression { Field: { } name } && _fields.All(accumulated => accumulated.Argument is LiteralExpression) ? name : null;

    /// <summary>Parses the stage.</summary>
    /// <param name="value"><c>_id</c> and accumulators.</param>
    /// <returns>The stage.</returns>
    public static GroupStage Parse(BsonValue value)
    {
        var document = value as BsonDocument
            ?? throw new CommandException(ErrorCode.Location15947, "a group's fields must be specified in an object");
        if (!document.TryGetValue("_id", out var id))
        {
            throw new CommandException(ErrorCode.Location15955, "a group specification must include an _id");
        }

        return new GroupStage(
            ExpressionParser.Parse(id),
            [.. document.Where(field => field.Name != "_id").Select(ParseField)]);
    }

    /// <summary>Parses <c>$sortByCount</c>, whose sort is a stage of its own behind this one.</summary>
    /// <param name="value">The expression to group by.</param>
    /// <returns>The grouping stage.</returns>
    public static GroupStage ParseSortByCount(BsonValue value) => Parse(new BsonDocument
    {
        { "_id", value },
        { "count", new BsonDocument("$sum", 1) },
    });

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context)
    {
        var groups = new Dictionary<BsonValue, Accumulator[]>(ValueOrder.Instance!);
        foreach (var document in input)
        {
            var scope = context.Scope(document);
            var key = _id.Evaluate(scope) ?? BsonNull.Value;
            if (!groups.TryGetValue(key, out var accumulators))
            {
                accumulators = [.. _fields.Select(field => field.Create())];
                groups.Add(key, accumulators);
            }

            for (var i = 0; i < accumulators.Length; i++)
            {
                accumulators[i].Add(_fields[i].Argument.Evaluate(scope));
            }
        }

        return groups.Select(group => ToDocument(group.Key, group.Value));
    }

    /// <summary>Groups documents of which nobody has to know more than the value of <see cref="OnlyField"/>.</summary>
    /// <param name="counts">The values, each once, and how many documents have it.</param>
    /// <param name="context">What stages need beside the documents.</param>
    /// <returns>The groups.</returns>
    public IEnumerable<BsonDocument> Run(IEnumerable<(BsonValue Value, long Count)> counts, PipelineContext context)
    {
        var scope = context.Scope([]);
        foreach (var (value, count) in counts)
        {
            var accumulators = _fields.Select(field => field.Create()).ToArray();
            for (var i = 0; i < accumulators.Length; i++)
            {
                var argument = _fields[i].Argument.Evaluate(scope);
                for (var left = count; left > 0; left--)
                {
                    accumulators[i].Add(argument);
                }
            }

            yield return ToDocument(value, accumulators);
        }
    }

    private static (string, Func<Accumulator>, Expression) ParseField(BsonElement field)
    {
        if (field.Name.Contains('.', StringComparison.Ordinal))
        {
            throw new CommandException(ErrorCode.Location40235, $"The field name '{field.Name}' cannot contain '.'");
        }

        if (field.Value is not BsonDocument { ElementCount: > 0 } document)
        {
            throw new CommandException(ErrorCode.Location40234, $"The field '{field.Name}' must be an accumulator object");
        }

        if (document.ElementCount > 1)
        {
            throw new CommandException(ErrorCode.Location40238, $"The field '{field.Name}' must specify one accumulator");
        }

        var (name, argument) = (document.GetElement(0).Name, document.GetElement(0).Value);
        return (field.Name, Accumulators.Find(name), ExpressionParser.Parse(name == "$count" ? new BsonInt32(1) : argument));
    }

    private BsonDocument ToDocument(BsonValue key, Accumulator[] accumulators)
    {
        var result = new BsonDocument("_id", key);
        for (var i = 0; i < accumulators.Length; i++)
        {
            result.Add(_fields[i].Name, accumulators[i].Result);
        }

        return result;
    }
}
