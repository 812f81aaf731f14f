using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>Reads the operators that stand behind a path, such as <c>$gt</c>.</summary>
internal static class PredicateParser
{
    private static readonly Dictionary<string, Func<string, BsonValue, BsonDocument, PredicateTerm>> Operators = new(StringComparer.Ordinal)
    {
        ["$eq"] = static (_, value, _) => One(new EqualPredicate(new RawConstant(value))),
        ["$ne"] = static (_, value, _) => value is BsonRegularExpression
            ? throw new CommandException(ErrorCode.BadValue, "Can't have regex as arg to $ne.")
            : new PredicateTerm([new EqualPredicate(new RawConstant(value))], true),
        ["$lt"] = static (path, value, _) => Range(path, RangeKind.Less, value),
        ["$lte"] = static (path, value, _) => Range(path, RangeKind.LessOrEqual, value),
        ["$gt"] = static (path, value, _) => Range(path, RangeKind.Greater, value),
        ["$gte"] = static (path, value, _) => Range(path, RangeKind.GreaterOrEqual, value),
        ["$in"] = static (_, value, _) => One(In("$in", value)),
        ["$nin"] = static (_, value, _) => new PredicateTerm([In("$nin", value)], true),
        ["$exists"] = static (_, value, _) => new PredicateTerm([new ExistsPredicate()], !Expression.IsTrue(value)),
        ["$type"] = static (_, value, _) => One(Type(value)),
        ["$mod"] = static (_, value, _) => One(Modulo(value)),
        ["$size"] = static (_, value, _) => One(Size(value)),
        ["$regex"] = static (_, value, siblings) => One(Regex(value, siblings.GetValue("$options", null))),
        ["$options"] = static (_, _, siblings) => siblings.Contains("$regex")
            ? new PredicateTerm(Array.Empty<ValuePredicate>())
            : throw new CommandException(ErrorCode.BadValue, "$options needs a $regex"),
        ["$elemMatch"] = static (_, value, _) => One(ElementMatch(value)),
        ["$all"] = static (_, value, _) => All(value),
        ["$not"] = Not,
    };

    /// <summary>The names of the operators.</summary>
    public static IEnumerable<string> OperatorNames => Operators.Keys;

    /// <summary>Reads operators.</summary>
    /// <param name="path">The path that they stand behind, for error texts.</param>
    /// <param name="operators">The operators with their arguments.</param>
    /// <returns>One term an operator.</returns>
    /// <exception cref="CommandException">An operator is unknown or misused.</exception>
    public static IEnumerable<PredicateTerm> Parse(string path, BsonDocument operators)
    {
        foreach (var element in operators)
        {
            if (!Operators.TryGetValue(element.Name, out var parse))
            {
                throw new CommandException(ErrorCode.BadValue, $"unknown operator: {element.Name}");
            }

            yield return parse(path, element.Value, operators);
        }
    }

    private static PredicateTerm One(ValuePredicate predicate) => new([predicate]);

    private static PredicateTerm Range(string path, RangeKind kind, BsonValue value) => value is BsonRegularExpression
        ? throw new CommandException(ErrorCode.BadValue, $"Can't have RegEx as arg to predicate over field '{path}'.")
        : One(new RangePredicate(kind, new RawConstant(value)));

    private static InPredicate In(string name, BsonValue value)
    {
        var values = value as BsonArray ?? throw new CommandException(ErrorCode.BadValue, $"{name} needs an array");
        return values.OfType<BsonDocument>().Any(FilterParser.IsOperatorDocument)
            ? throw new CommandException(ErrorCode.BadValue, $"cannot nest $ under {name}")
            : new InPredicate(values);
    }

    private static TypePredicate Type(BsonValue value)
    {
        var types = new HashSet<BsonType>();
        foreach (var item in value is BsonArray array ? array.AsEnumerable() : [value])
        {
            if (item is BsonString { Value: "number" })
            {
                types.UnionWith([BsonType.Int32, BsonType.Int64, BsonType.Double, BsonType.Decimal128]);
            }
            else if (item is BsonString name)
            {
                types.Add(TypeNames.TryParse(name.Value, out var type)
                    ? (BsonType)type
                    : throw new CommandException(ErrorCode.BadValue, $"Unknown type name alias: {name.Value}"));
            }
            else if (Numbers.IsNumber(item))
            {
                types.Add(TypeNames.TryParse(Numbers.RequireInteger(item, "$type"), out var type)
                    ? (BsonType)type
                    : throw new CommandException(ErrorCode.BadValue, $"Invalid numerical type code: {TypeNames.Show(item)}"));
            }
            else
            {
                throw new CommandException(ErrorCode.TypeMismatch, "type must be represented as a number or a string");
            }
        }

        return types.Count == 0
            ? throw new CommandException(ErrorCode.FailedToParse, "$type must match at least one type")
            : new TypePredicate(types);
    }

    private static ModuloPredicate Modulo(BsonValue value)
    {
        if (value is not BsonArray array)
        {
            throw new CommandException(ErrorCode.BadValue, "malformed mod, needs to be an array");
        }

        if (array.Count != 2)
        {
            throw new CommandException(
                ErrorCode.BadValue,
                array.Count < 2 ? "malformed mod, not enough elements" : "malformed mod, too many elements");
        }

        if (!Numbers.IsNumber(array[0]) || !Numbers.IsNumber(array[1]))
        {
            throw new CommandException(ErrorCode.BadValue, "malformed mod, divisor value is invalid :: caused by :: not a number");
        }

        var divisor = (long)Numbers.ToDouble(array[0]);
        return divisor == 0
            ? throw new CommandException(ErrorCode.BadValue, "divisor cannot be 0")
            : new ModuloPredicate(divisor, (long)Numbers.ToDouble(array[1]));
    }

    private static SizePredicate Size(BsonValue value)
    {
        var size = Numbers.IsNumber(value)
            ? Numbers.RequireInteger(value, "$size")
            : throw new CommandException(ErrorCode.BadValue, $"Failed to parse $size. Expected a number in: $size: {TypeNames.Show(value)}");
        return size < 0
            ? throw new CommandException(ErrorCode.BadValue, $"Failed to parse $size. Expected a non-negative number in: $size: {TypeNames.Show(value)}")
            : new SizePredicate(size);
    }

    private static RegexPredicate Regex(BsonValue value, BsonValue? options)
    {
        if (options is not null and not BsonString)
        {
            throw new CommandException(ErrorCode.BadValue, "$options has to be a string");
        }

        return value switch
        {
            BsonRegularExpression expression => new RegexPredicate(options is BsonString given
                ? new BsonRegularExpression(expression.Pattern, given.Value)
                : expression),
            BsonString pattern => new RegexPredicate(new BsonRegularExpression(pattern.Value, (options as BsonString)?.Value ?? string.Empty)),
            _ => throw new CommandException(ErrorCode.BadValue, "$regex has to be a string"),
        };
    }

    private static ElementMatchPredicate ElementMatch(BsonValue value)
    {
        var document = value as BsonDocument ?? throw new CommandException(ErrorCode.BadValue, "$elemMatch needs an Object");
        var isValueMatch = FilterParser.IsOperatorDocument(document)
            && document.GetElement(0).Name is not ("$and" or "$or" or "$nor" or "$expr" or "$text" or "$comment");
        return isValueMatch
            ? new ValueElementMatchPredicate(FilterParser.ParsePredicate(document))
            : new DocumentElementMatchPredicate(FilterParser.Parse(document));
    }

    private static PredicateTerm All(BsonValue value)
    {
        var values = value as BsonArray ?? throw new CommandException(ErrorCode.BadValue, "$all needs an array");
        if (values.Count == 0)
        {
            return One(new NotPredicate(new AllPredicate([])));
        }

        return new PredicateTerm([.. values.Select(item => item is BsonDocument document && document.Contains("$elemMatch")
            ? ElementMatch(document["$elemMatch"])
            : FilterParser.ParsePredicate(item))]);
    }

    private static PredicateTerm Not(string path, BsonValue value, BsonDocument siblings)
    {
        if (value is BsonRegularExpression expression)
        {
            return new PredicateTerm([new RegexPredicate(expression)], true);
        }

        var document = value as BsonDocument ?? throw new CommandException(ErrorCode.BadValue, "$not needs a regex or a document");
        if (document.ElementCount == 0)
        {
            throw new CommandException(ErrorCode.BadValue, "$not cannot be empty");
        }

        return new PredicateTerm([.. Parse(path, document)]);
    }
}
