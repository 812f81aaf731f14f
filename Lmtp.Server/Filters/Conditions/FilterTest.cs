namespace Lmtp.Server.Filters.Conditions;

/// <summary>One condition, ready to be looked at. It depends on nothing but the message.</summary>
public abstract class FilterTest
{
    private const int MaxSeen = 120;

    /// <summary>The kind of condition.</summary>
    public abstract FilterCondition Condition { get; }

    /// <summary>Whether it holds exactly when what it describes does not.</summary>
    public bool IsNegated { get; init; }

    /// <summary>The condition in words.</summary>
    public string Description => IsNegated ? "not " + Describe() : Describe();

    /// <summary>Whether looking at it takes long, so that it is left out when the filter is decided without it.</summary>
    internal virtual bool IsCostly => false;

    /// <summary>Looks at a message.</summary>
    public ConditionOutcome Evaluate(FilterMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var holds = Holds(message, out var seen);
        return new ConditionOutcome(Condition, Description, holds != IsNegated, Shorten(seen));
    }

    /// <summary>The outcome when it is not looked at.</summary>
    internal ConditionOutcome Skip() => new(Condition, Description, null, null);

    private protected abstract string Describe();

    /// <summary>Whether the condition, not negated, holds.</summary>
    /// <param name="message">The message.</param>
    /// <param name="seen">The value that decided; null when there was none.</param>
    private protected abstract bool Holds(FilterMessage message, out string? seen);

    private static string? Shorten(string? value)
    {
        if (value is null || value.Length <= MaxSeen)
        {
            return value;
        }

        // Never half of a surrogate pair.
        var length = char.IsHighSurrogate(value[MaxSeen - 1]) ? MaxSeen - 1 : MaxSeen;
        return string.Concat(value.AsSpan(0, length), "…");
    }
}
