using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary><c>$set</c> and <c>$setOnInsert</c>.</summary>
/// <param name="value">The value to write.</param>
/// <param name="onlyOnInsert">Whether only an upsert writes it.</param>
internal sealed class SetOperator(BsonValue value, bool onlyOnInsert) : FieldOperator
{
    /// <inheritdoc />
    public override bool OnlyOnInsert => onlyOnInsert;

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field) => value.DeepClone();
}

/// <summary><c>$unset</c>: the missing value is told by <see cref="OperatorUpdate"/>.</summary>
internal sealed class UnsetOperator : FieldOperator
{
    /// <inheritdoc />
    public override bool CreatesField => false;

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field) => null;
}

/// <summary><c>$rename</c>; the path is the old name.</summary>
/// <param name="target">The parts of the new name.</param>
internal sealed class RenameOperator(string[] target) : FieldOperator
{
    /// <summary>The parts of the new name.</summary>
    public string[] Target => target;

    /// <inheritdoc />
    public override bool CreatesField => false;

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field) => null;
}

/// <summary><c>$inc</c> and <c>$mul</c>.</summary>
internal sealed class ArithmeticOperator : FieldOperator
{
    private readonly string _name;
    private readonly BsonValue _operand;
    private readonly bool _multiplies;

    /// <summary>Makes the operator.</summary>
    /// <param name="name"><c>$inc</c> or <c>$mul</c>.</param>
    /// <param name="path">The dotted path.</param>
    /// <param name="operand">The number.</param>
    public ArithmeticOperator(string name, string path, BsonValue operand)
    {
        _name = name;
        _operand = operand;
        _multiplies = name == "$mul";
        if (!Numbers.IsNumber(operand))
        {
            var verb = _multiplies ? "multiply" : "increment";
            throw new CommandException(
                ErrorCode.TypeMismatch,
                $"Cannot {verb} with non-numeric argument: {{{path}: {TypeNames.Show(operand)}}}");
        }
    }

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field)
    {
        if (current is null)
        {
            return _multiplies ? Zero() : _operand;
        }

        if (!Numbers.IsNumber(current))
        {
            throw new CommandException(
                ErrorCode.TypeMismatch,
                $"Cannot apply {_name} to a value of non-numeric type. {{_id: {field.Id}}} has the field '{field.Name}' of non-numeric type {TypeNames.Of(current)}");
        }

        var fits = _multiplies
            ? Numbers.TryMultiply(current, _operand, out var result)
            : Numbers.TryAdd(current, _operand, out result);
        return fits
            ? result
            : throw new CommandException(
                ErrorCode.BadValue,
                $"Failed to apply {_name} operations to current value ({TypeNames.Show(current)}) for document {{_id: {field.Id}}}");
    }

    private BsonValue Zero() => _operand.BsonType switch
    {
        BsonType.Int32 => new BsonInt32(0),
        BsonType.Int64 => new BsonInt64(0),
        BsonType.Double => new BsonDouble(0),
        _ => new BsonDecimal128(Decimal128.Zero),
    };
}

/// <summary><c>$min</c> and <c>$max</c>.</summary>
/// <param name="value">The value to compare with.</param>
/// <param name="sign">1 for <c>$max</c>, -1 for <c>$min</c>.</param>
internal sealed class BoundOperator(BsonValue value, int sign) : FieldOperator
{
    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field) =>
        current is null || Math.Sign(ValueOrder.Instance.Compare(value, current)) == sign ? value.DeepClone() : null;
}

/// <summary><c>$currentDate</c>.</summary>
/// <param name="asTimestamp">Whether a timestamp is written instead of a date.</param>
internal sealed class CurrentDateOperator(bool asTimestamp) : FieldOperator
{
    /// <summary>Parses the operator's argument.</summary>
    /// <param name="argument">A boolean or <c>{$type: "date" | "timestamp"}</c>.</param>
    /// <returns>The operator.</returns>
    public static CurrentDateOperator Parse(BsonValue argument)
    {
        switch (argument)
        {
            case BsonBoolean:
                return new CurrentDateOperator(false);
            case BsonDocument { ElementCount: 1 } document when document.Contains("$type"):
                return document["$type"] is BsonString { Value: "date" or "timestamp" } type
                    ? new CurrentDateOperator(type.Value == "timestamp")
                    : throw new CommandException(
                        ErrorCode.BadValue,
                        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}");
            case BsonDocument document:
                var unknown = document.Names.FirstOrDefault(name => name != "$type") ?? string.Empty;
                throw new CommandException(ErrorCode.BadValue, $"Unrecognized $currentDate option: {unknown}");
            default:
                throw new CommandException(
                    ErrorCode.BadValue,
                    $"{TypeNames.Of(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({{$type: 'timestamp/date'}}).");
        }
    }

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field) => asTimestamp
        ? new BsonTimestamp((int)field.Context.Now.ToUnixTimeSeconds(), 1)
        : new BsonDateTime(field.Context.Now.ToUnixTimeMilliseconds());
}

/// <summary><c>$bit</c>.</summary>
internal sealed class BitOperator : FieldOperator
{
    private readonly BsonDocument _operations;

    /// <summary>Makes the operator.</summary>
    /// <param name="argument">A document of <c>and</c>, <c>or</c> and <c>xor</c> with integers.</param>
    public BitOperator(BsonValue argument)
    {
        _operations = argument as BsonDocument ?? throw new CommandException(
            ErrorCode.BadValue,
            "The $bit modifier is not compatible with a " + TypeNames.Of(argument)
            + ". It must be an embedded document with a valid operation: {$bit: {field: {and/or/xor: #}}}");
        foreach (var operation in _operations)
        {
            if (operation.Name is not ("and" or "or" or "xor"))
            {
                throw new CommandException(
                    ErrorCode.BadValue,
                    $"The $bit modifier only supports 'and', 'or', and 'xor', not '{operation.Name}' which is an unknown operator: {{{operation.Name}: {TypeNames.Show(operation.Value)}}}");
            }

            if (!Numbers.IsInteger(operation.Value))
            {
                throw new CommandException(
                    ErrorCode.BadValue,
                    $"The $bit modifier field must be an Integer(32/64 bit); a '{TypeNames.Of(operation.Value)}' is not supported here: {{{operation.Name}: {TypeNames.Show(operation.Value)}}}");
            }
        }
    }

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field)
    {
        var value = current ?? new BsonInt32(0);
        if (!Numbers.IsInteger(value))
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"Cannot apply $bit to a value of non-integral type.{{_id: {field.Id}}} has the field {field.Name} of non-integer type {TypeNames.Of(value)}");
        }

        var bits = Numbers.ToInt64(value);
        var isInt64 = value.BsonType == BsonType.Int64;
        foreach (var operation in _operations)
        {
            var operand = Numbers.ToInt64(operation.Value);
            isInt64 |= operation.Value.BsonType == BsonType.Int64;
            bits = operation.Name switch
            {
                "and" => bits & operand,
                "or" => bits | operand,
                _ => bits ^ operand,
            };
        }

        return isInt64 ? new BsonInt64(bits) : new BsonInt32((int)bits);
    }
}
