using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>The document and the variables that an expression sees.</summary>
internal sealed class EvaluationScope
{
    private readonly EvaluationScope? _outer;
    private readonly string? _name;
    private readonly BsonValue? _value;
    private readonly IReadOnlyDictionary<string, BsonValue>? _variables;

    /// <summary>Makes the outermost scope.</summary>
    /// <param name="root">The document.</param>
    /// <param name="now">The value of <c>$$NOW</c>.</param>
    /// <param name="variables">The values of <c>let</c>; null when there are none.</param>
    /// <param name="budget">How long the command may work; null for no end.</param>
    public EvaluationScope(
        BsonDocument root,
        DateTimeOffset now,
        IReadOnlyDictionary<string, BsonValue>? variables = null,
        TimeBudget? budget = null)
    {
        Root = root;
        Now = now;
        Budget = budget ?? TimeBudget.Unlimited;
        _variables = variables;
    }

    private EvaluationScope(EvaluationScope outer, string name, BsonValue? value)
    {
        Root = outer.Root;
        Now = outer.Now;
        Budget = outer.Budget;
        _outer = outer;
        _name = name;
        _value = value;
    }

    /// <summary>The document.</summary>
    public BsonDocument Root { get; }

    /// <summary>The value of <c>$$NOW</c>.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>How long the command may work.</summary>
    public TimeBudget Budget { get; }

    /// <summary>A scope with one more variable.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value, null when missing.</param>
    /// <returns>The inner scope.</returns>
    public EvaluationScope With(string name, BsonValue? value) => new(this, name, value);

    /// <summary>The value of a variable.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value, null when missing.</param>
    /// <returns>False when there is no such variable.</returns>
    public bool TryGet(string name, out BsonValue? value)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._name == name)
            {
                value = scope._value;
                return true;
            }

            if (scope._variables is not null && scope._variables.TryGetValue(name, out var found))
            {
                value = found;
                return true;
            }
        }

        value = null;
        return false;
    }
}
