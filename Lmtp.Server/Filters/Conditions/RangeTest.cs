using System.Globalization;

namespace Lmtp.Server.Filters.Conditions;

/// <summary>A number lies within limits, both included.</summary>
/// <param name="condition">Size in bytes, or spam score.</param>
/// <param name="min">The least value; null sets no limit.</param>
/// <param name="max">The greatest value; null sets no limit.</param>
internal sealed class RangeTest(FilterCondition condition, double? min, double? max) : FilterTest
{
    public override FilterCondition Condition => condition;

    private protected override string Describe()
    {
        var what = condition == FilterCondition.Size ? "size in bytes" : "spam score";
        return (min, max) switch
        {
            (null, { } most) => string.Create(CultureInfo.InvariantCulture, $"{what} is at most {most}"),
            ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"{what} is at least {least}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{what} is {min} to {max}"),
        };
    }

    private protected override bool Holds(FilterMessage message, out string? seen)
    {
        double value = condition == FilterCondition.Size ? message.Size : message.SpamScore;
        seen = value.ToString(CultureInfo.InvariantCulture);
        return !(value < min) && !(value > max);
    }
}
