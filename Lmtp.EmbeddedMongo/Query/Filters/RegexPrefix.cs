using System.Text;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>
/// Finds the literal text that an anchored expression begins with, which an index can look up, or that an expression is.
/// </summary>
internal static class RegexPrefix
{
    private const string Special = @".*+?()[]{}|^$\#";

    /// <summary>The text that an expression looks for, where it is nothing but that text.</summary>
    /// <param name="expression">Pattern and options.</param>
    /// <returns>The text; null when the expression is more than that.</returns>
    public static string? LiteralOf(BsonRegularExpression expression)
    {
        if (expression.Options.AsSpan().IndexOfAny("imx") >= 0)
        {
            return null;
        }

        var literal = new StringBuilder();
        var pattern = expression.Pattern;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[i + 1]))
            {
                literal.Append(pattern[++i]);
            }
            else if (Special.Contains(pattern[i], StringComparison.Ordinal))
            {
                return null;
            }
            else
            {
                literal.Append(pattern[i]);
            }
        }

        return literal.ToString();
    }

    /// <summary>The text that every match begins with.</summary>
    /// <param name="expression">Pattern and options.</param>
    /// <returns>The text; empty when there is none that is certain.</returns>
    public static string Of(BsonRegularExpression expression)
    {
        var pattern = expression.Pattern;
        if (!pattern.StartsWith('^') || expression.Options.AsSpan().IndexOfAny("imx") >= 0 || pattern.Contains('|', StringComparison.Ordinal))
        {
            return string.Empty;
        }

        var prefix = new StringBuilder();
        for (var i = 1; i < pattern.Length; i++)
        {
            var character = pattern[i];
            if (character == '\\' && i + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[i + 1]))
            {
                prefix.Append(pattern[++i]);
            }
            else if (Special.Contains(character, StringComparison.Ordinal))
            {
                // A quantifier may make the character before it optional.
                if (character is '*' or '?' or '{' && prefix.Length > 0)
                {
                    prefix.Length--;
                }

                break;
            }
            else
            {
                prefix.Append(character);
            }
        }

        return prefix.ToString();
    }
}
