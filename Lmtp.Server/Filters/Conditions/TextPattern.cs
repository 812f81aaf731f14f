using System.Text;
using System.Text.RegularExpressions;

namespace Lmtp.Server.Filters.Conditions;

/// <summary>A comparison with a text.</summary>
internal sealed class TextPattern
{
    /// <summary>The longest wildcard or regular expression, in UTF-16 units.</summary>
    public const int MaxPatternLength = 512;

    private readonly Regex? _regex;

    private TextPattern(TextOperator comparison, string value, Regex? regex)
    {
        Operator = comparison;
        Value = value;
        _regex = regex;
    }

    /// <summary>How it compares.</summary>
    public TextOperator Operator { get; }

    /// <summary>What it compares with; empty for <see cref="TextOperator.Exists"/>.</summary>
    public string Value { get; }

    /// <summary>Whether it runs over the text character by character.</summary>
    internal bool IsCostly => _regex is not null;

    /// <summary>Makes a comparison.</summary>
    /// <exception cref="ArgumentException">The pattern is no regular expression, or too long.</exception>
    /// <exception cref="NotSupportedException">The expression cannot be matched in linear time.</exception>
    public static TextPattern Create(TextOperator comparison, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new TextPattern(comparison, value, comparison switch
        {
            TextOperator.Wildcard => PatternCache.Get(FromWildcard(value)),
            TextOperator.Regex => PatternCache.Get(value),
            _ => null,
        });
    }

    /// <summary>Whether a text matches.</summary>
    public bool Matches(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Operator switch
        {
            TextOperator.Exists => true,
            TextOperator.Equals => text.Equals(Value, StringComparison.OrdinalIgnoreCase),
            TextOperator.Contains => text.Contains(Value, StringComparison.OrdinalIgnoreCase),
            _ => _regex!.IsMatch(text),
        };
    }

    /// <summary>Whether the beginning of a text matches, as far as patterns look at it.</summary>
    internal bool MatchesStart(string text, int length) => _regex is not null && text.Length > length
        ? _regex.IsMatch(text.AsSpan(0, length))
        : Matches(text);

    /// <inheritdoc/>
    public override string ToString() => Operator switch
    {
        TextOperator.Exists => "exists",
        TextOperator.Equals => $"is \"{Value}\"",
        TextOperator.Contains => $"contains \"{Value}\"",
        TextOperator.Wildcard => $"is like \"{Value}\"",
        _ => $"matches /{Value}/",
    };

    private static string FromWildcard(string pattern)
    {
        var expression = new StringBuilder(@"(?s)\A");
        var isAfterStar = false;
        foreach (var character in pattern)
        {
            if (character != '*')
            {
                expression.Append(character == '?' ? "." : Regex.Escape(character.ToString()));
            }
            else if (!isAfterStar)
            {
                expression.Append(".*");
            }

            isAfterStar = character == '*';
        }

        return expression.Append(@"\z").ToString();
    }
}
