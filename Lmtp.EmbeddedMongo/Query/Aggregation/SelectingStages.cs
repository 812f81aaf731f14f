using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Sorting;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary><c>$match</c>.</summary>
/// <param name="document">The filter as the client sent it.</param>
internal sealed class MatchStage(BsonDocument document) : Stage
{
    private readonly Filter _filter = FilterParser.Parse(document);

    /// <summary>The filter as the client sent it.</summary>
    public BsonDocument Document => document;

    /// <summary>Parses the stage.</summary>
    /// <param name="value">The filter.</param>
    /// <returns>The stage.</returns>
    public static MatchStage Parse(BsonValue value) => new(value as BsonDocument
        ?? throw new CommandException(ErrorCode.Location15959, "the match filter must be an expression in an object"));

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context)
    {
        var state = context.MatchState();
        return input.Where(candidate => _filter.Matches(candidate.ToBson(), state));
    }
}

/// <summary><c>$sort</c>.</summary>
/// <param name="document">The sort document as the client sent it.</param>
/// <param name="pattern">The order.</param>
internal sealed class SortStage(BsonDocument document, SortPattern pattern) : Stage
{
    /// <summary>The sort document as the client sent it.</summary>
    public BsonDocument Document => document;

    /// <summary>Parses the stage.</summary>
    /// <param name="value">Paths with 1 or -1.</param>
    /// <returns>The stage.</returns>
    public static SortStage Parse(BsonValue value)
    {
        var document = RequireDocument("$sort", value, ErrorCode.Location15973);
        return new SortStage(document, SortPattern.Parse(document)
            ?? throw new CommandException(ErrorCode.Location15976, "$sort stage must have at least one sort key"));
    }

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context) =>
        input.OrderBy(
            candidate =>
            {
                context.Budget.Check();
                return pattern.Extract(candidate.ToBson());
            },
            new WatchedOrder(pattern, context.Budget));
}

/// <summary><c>$limit</c>.</summary>
/// <param name="limit">How many documents come out at most.</param>
internal sealed class LimitStage(long limit) : Stage
{
    /// <summary>How many documents come out at most.</summary>
    public long Limit => limit;

    /// <summary>Parses the stage.</summary>
    /// <param name="value">A number above zero.</param>
    /// <returns>The stage.</returns>
    public static LimitStage Parse(BsonValue value)
    {
        if (!Numbers.IsNumber(value))
        {
            throw new CommandException(ErrorCode.Location2107201, $"invalid argument to $limit stage: Expected a number in: $limit: {TypeNames.Show(value)}");
        }

        var limit = Numbers.RequireInteger(value, "$limit");
        return limit switch
        {
            0 => throw new CommandException(ErrorCode.Location15958, "the limit must be positive"),
            < 0 => throw new CommandException(ErrorCode.Location2107201, $"invalid argument to $limit stage: Expected a non-negative number in: $limit: {limit}"),
            _ => new LimitStage(limit),
        };
    }

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context) =>
        input.Take((int)Math.Min(int.MaxValue, limit));
}

/// <summary><c>$skip</c>.</summary>
/// <param name="count">How many documents are left out.</param>
internal sealed class SkipStage(long count) : Stage
{
    /// <summary>How many documents are left out.</summary>
    public long Count => count;

    /// <summary>Parses the stage.</summary>
    /// <param name="value">A number, not negative.</param>
    /// <returns>The stage.</returns>
    public static SkipStage Parse(BsonValue value)
    {
        var count = Numbers.IsNumber(value) ? Numbers.RequireInteger(value, "$skip") : -1;
        return count < 0
            ? throw new CommandException(ErrorCode.Location5107200, $"invalid argument to $skip stage: Expected a non-negative number in: $skip: {TypeNames.Show(value)}")
            : new SkipStage(count);
    }

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context) =>
        input.Skip((int)Math.Min(int.MaxValue, count));
}

/// <summary><c>$count</c>: no document comes out where none goes in.</summary>
/// <param name="field">The name of the field with the number.</param>
internal sealed class CountStage(string field) : Stage
{
    /// <summary>Parses the stage.</summary>
    /// <param name="value">A field name.</param>
    /// <returns>The stage.</returns>
    public static CountStage Parse(BsonValue value)
    {
        if (value is not BsonString { Value.Length: > 0 } name)
        {
            throw new CommandException(ErrorCode.Location40156, "the count field must be a non-empty string");
        }

        if (name.Value.StartsWith('$'))
        {
            throw new CommandException(ErrorCode.Location40158, "the count field cannot be a $-prefixed path");
        }

        return name.Value.Contains('.', StringComparison.Ordinal)
            ? throw new CommandException(ErrorCode.Location40160, "the count field cannot contain '.'")
            : new CountStage(name.Value);
    }

    /// <inheritdoc />
    public override IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> input, PipelineContext context)
    {
        var count = input.LongCount();
        if (count > 0)
        {
            yield return new BsonDocument(field, count <= int.MaxValue ? new BsonInt32((int)count) : new BsonInt64(count));
        }
    }
}
