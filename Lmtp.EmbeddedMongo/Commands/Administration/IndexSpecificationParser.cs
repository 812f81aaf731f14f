using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Planning;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Administration;

/// <summary>Checks index specifications of <c>createIndexes</c>.</summary>
internal static class IndexSpecificationParser
{
    private static readonly string[] Effective =
        ["key", "name", "unique", "sparse", "partialFilterExpression", "expireAfterSeconds"];

    private static readonly string[] WithoutEffect =
    [
        "v", "background", "ns", "storageEngine", "weights", "default_language", "language_override", "textIndexVersion",
    ];

    /// <summary>The options that have an effect.</summary>
    public static IReadOnlyList<string> Options => Effective;

    /// <summary>The options that are accepted without effect.</summary>
    public static IReadOnlyList<string> IgnoredOptions => WithoutEffect;

    /// <summary>Checks a specification.</summary>
    /// <param name="document">The specification.</param>
    /// <returns>The index.</returns>
    /// <exception cref="CommandException">The index is not possible.</exception>
    public static IndexDefinition Parse(BsonDocument document)
    {
        var key = document.GetValue("key", null) as BsonDocument
            ?? throw new CommandException(ErrorCode.FailedToParse, "Index key pattern must be a document");
        if (document.GetValue("name", null) is not BsonString name)
        {
            throw new CommandException(ErrorCode.FailedToParse, $"The 'name' field is a required property of an index specification");
        }

        CheckKey(key);
        foreach (var option in document)
        {
            CheckOption(option, key);
        }

        var specification = new BsonDocument { { "v", 2 }, { "key", key }, { "name", name } };
        foreach (var option in document)
        {
            if (Effective.Contains(option.Name) && !specification.Contains(option.Name))
            {
                specification.Add(option);
            }
        }

        return IndexDefinition.Parse(specification.ToBson());
    }

    private static void CheckKey(BsonDocument key)
    {
        if (key.ElementCount == 0)
        {
            throw new CommandException(ErrorCode.CannotCreateIndex, "Index keys cannot be an empty object");
        }

        var hashed = key.Count(field => field.Value is BsonString { Value: "hashed" });
        if (hashed > 1)
        {
            throw new CommandException(
                ErrorCode.Location31303, $"A maximum of one index field is allowed to be hashed but found {hashed} for 'key' {TypeNames.Show(key)}");
        }

        if (hashed > 0 && key.Any(field => field.Value is BsonString { Value: "text" }))
        {
            throw new CommandException(ErrorCode.CannotCreateIndex, $"Can't use more than one index plugin for a single index: {TypeNames.Show(key)}");
        }

        foreach (var field in key)
        {
            var isDirection = Numbers.IsNumber(field.Value) && Numbers.ToDouble(field.Value) is not (0 or double.NaN);
            if (!isDirection && field.Value is not BsonString { Value: "text" or "hashed" })
            {
                throw new CommandException(
                    ErrorCode.CannotCreateIndex,
                    field.Value is BsonString plugin
                        ? $"Unknown index plugin '{plugin.Value}'"
                        : $"Values in v:2 index key pattern cannot be of type {TypeNames.Of(field.Value)}. Only numbers > 0, numbers < 0, and strings are allowed.");
            }

            if (field.Name.Split('.').Any(part => part.Length == 0 || (part.StartsWith('$') && part != "$**")))
            {
                throw new CommandException(ErrorCode.CannotCreateIndex, $"Index key contains an illegal field name: '{field.Name}'");
            }

            if (field.Name.EndsWith("$**", StringComparison.Ordinal) && field.Value is not BsonString)
            {
                throw new CommandException(ErrorCode.CannotCreateIndex, "wildcard indexes are not supported");
            }
        }
    }

    private static void CheckOption(BsonElement option, BsonDocument key)
    {
        switch (option.Name)
        {
            case "collation":
                CommonFields.RejectCollation(option.Value);
                break;
            case "hidden" when option.Value is BsonBoolean { Value: false }:
                break;
            case "partialFilterExpression" when option.Value is BsonDocument filter:
                if (!PartialIndexRule.IsSupported(FilterParser.Parse(filter)))
                {
                    throw new CommandException(ErrorCode.CannotCreateIndex, $"Expression not supported in partial index: {TypeNames.Show(filter)}");
                }

                break;
            case "partialFilterExpression":
                throw new CommandException(ErrorCode.TypeMismatch, "The field 'partialFilterExpression' must be an object");
            case "expireAfterSeconds" when !Numbers.IsNumber(option.Value):
                throw new CommandException(ErrorCode.TypeMismatch, $"The field 'expireAfterSeconds' must be a number, but got {TypeNames.Of(option.Value)}");
            case "expireAfterSeconds" when Numbers.ToDouble(option.Value) is < 0 or > int.MaxValue:
                throw new CommandException(ErrorCode.CannotCreateIndex, "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number");
            case "expireAfterSeconds" when key.ElementCount > 1:
                throw new CommandException(ErrorCode.CannotCreateIndex, "TTL indexes are single-field indexes, compound indexes do not support TTL.");
            case "unique" when key.Any(field => field.Value is BsonString { Value: "hashed" }) && Query.Expressions.Expression.IsTrue(option.Value):
                throw new CommandException(ErrorCode.Location16764, "Currently hashed indexes cannot guarantee uniqueness. Use a regular index.");
            case "unique" when key.Any(field => field.Value is BsonString) && Query.Expressions.Expression.IsTrue(option.Value):
                throw new CommandException(ErrorCode.CannotCreateIndex, "unique is not possible for text indexes");
            default:
                if (!Effective.Contains(option.Name) && !WithoutEffect.Contains(option.Name))
                {
                    throw new CommandException(
                        ErrorCode.InvalidIndexSpecificationOption,
                        $"Error in specification: the option '{option.Name}' is not supported");
                }

                break;
        }
    }
}
