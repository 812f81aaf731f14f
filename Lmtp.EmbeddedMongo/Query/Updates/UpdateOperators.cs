using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>The update operators by name.</summary>
internal static class UpdateOperators
{
    private static readonly Dictionary<string, Func<BsonElement, FieldOperator>> Factories = new(StringComparer.Ordinal)
    {
        ["$set"] = static field => new SetOperator(field.Value, false),
        ["$setOnInsert"] = static field => new SetOperator(field.Value, true),
        ["$unset"] = static _ => new UnsetOperator(),
        ["$inc"] = static field => new ArithmeticOperator("$inc", field.Name, field.Value),
        ["$mul"] = static field => new ArithmeticOperator("$mul", field.Name, field.Value),
        ["$min"] = static field => new BoundOperator(field.Value, -1),
        ["$max"] = static field => new BoundOperator(field.Value, 1),
        ["$rename"] = static field => new RenameOperator(RenameTarget(field)),
        ["$currentDate"] = static field => CurrentDateOperator.Parse(field.Value),
        ["$bit"] = static field => new BitOperator(field.Value),
        ["$push"] = static field => new PushOperator(field.Value),
        ["$addToSet"] = static field => new AddToSetOperator(field.Value),
        ["$pop"] = static field => new PopOperator(field.Name, field.Value),
        ["$pull"] = static field => PullOperator.Pull(field.Value),
        ["$pullAll"] = static field => PullOperator.PullAll(field.Value),
    };

    /// <summary>The names of all operators.</summary>
    public static IEnumerable<string> Names => Factories.Keys;

    /// <summary>The fields of one operator of an update document.</summary>
    /// <param name="operation">The operator's name and its document.</param>
    /// <returns>Paths with arguments.</returns>
    /// <exception cref="CommandException">The operator is unknown or its argument is not a document.</exception>
    public static BsonDocument Fields(BsonElement operation)
    {
        if (!Factories.ContainsKey(operation.Name))
        {
            throw new CommandException(
                ErrorCode.FailedToParse,
                $"Unknown modifier: {operation.Name}. Expected a valid update modifier or pipeline-style update specified as an array");
        }

        return operation.Value as BsonDocument ?? throw new CommandException(
            ErrorCode.FailedToParse,
            $"Modifiers operate on fields but we found type {TypeNames.Of(operation.Value)} instead. For example: {{$mod: {{<field>: ...}}}} not {{{operation.Name}: {TypeNames.Show(operation.Value)}}}");
    }

    /// <summary>Makes an operator.</summary>
    /// <param name="name">The operator's name, known to <see cref="Fields"/>.</param>
    /// <param name="field">The path and the argument.</param>
    /// <returns>The operator.</returns>
    public static FieldOperator Create(string name, BsonElement field) => Factories[name](field);

    private static string[] RenameTarget(BsonElement field)
    {
        if (field.Value is not BsonString target)
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"The 'to' field for $rename must be a string: {field.Name}: {TypeNames.Show(field.Value)}");
        }

        var from = UpdatePath.Parse(field.Name);
        var to = UpdatePath.Parse(target.Value);
        if (from.AsSpan().SequenceEqual(to))
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"The source and target field for $rename must differ: {field.Name}: {TypeNames.Show(field.Value)}");
        }

        if (from.Any(UpdatePath.IsPlaceholder) || to.Any(UpdatePath.IsPlaceholder))
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"The source and target field for $rename may not be dynamic: {field.Name}: {target.Value}");
        }

        return to;
    }
}
