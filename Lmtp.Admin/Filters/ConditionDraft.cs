namespace Lmtp.Admin.Filters;

/// <summary>A condition while it is edited: all fields of all kinds, of which the kind uses some.</summary>
public sealed class ConditionDraft
{
    /// <summary>What it looks at.</summary>
    public ConditionKind Kind { get; set; }

    /// <summary>How it compares: an operator of texts, or <c>min</c>, <c>max</c>, <c>between</c>, <c>is</c>.</summary>
    public string Op { get; set; } = "contains";

    /// <summary>Whether it holds when what it says does not.</summary>
    public bool IsNegated { get; set; }

    /// <summary>
    /// Whether it must hold in any case, though one of the others is enough. WildDuck's own conditions are so beside an
    /// extension.
    /// </summary>
    public bool IsBesides { get; set; }

    /// <summary>The name of a header field.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What is compared with.</summary>
    public string Value { get; set; } = string.Empty;

    /// <summary>The least number, in <see cref="Unit"/>.</summary>
    public double? Min { get; set; }

    /// <summary>The greatest number, in <see cref="Unit"/>.</summary>
    public double? Max { get; set; }

    /// <summary>Bytes in one of what <see cref="Min"/> and <see cref="Max"/> count; 1 where they count something else.</summary>
    public long Unit { get; set; } = 1;

    /// <summary>The first day.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; set; }

    /// <summary>Days of the week as the API writes them.</summary>
    public SortedSet<string> Days { get; } = new(StringComparer.Ordinal);

    /// <summary>The time zone of days; empty: UTC.</summary>
    public string Zone { get; set; } = string.Empty;

    /// <summary>Whether days are those of the Date field and not of the arrival.</summary>
    public bool IsOfHeader { get; set; }

    /// <summary>Where it stood in the request that was last written, so that faults find it.</summary>
    public string Field { get; set; } = string.Empty;

    /// <summary>Which controls it has.</summary>
    public ConditionForm Form => FilterChoices.FormOf(Kind);

    /// <summary>Takes the first way to compare, where the kind has not the one so far.</summary>
    public void Settle()
    {
        if (!FilterChoices.OperatorsOf(Kind).Contains((Op, IsNegated)))
        {
            (Op, IsNegated) = FilterChoices.OperatorsOf(Kind)[0];
        }

        if (Kind == ConditionKind.Size && Unit == 1 && Min is null && Max is null)
        {
            Unit = FilterChoices.Units[1].Bytes;
        }
        else if (Kind != ConditionKind.Size)
        {
            Unit = 1;
        }
    }
}
