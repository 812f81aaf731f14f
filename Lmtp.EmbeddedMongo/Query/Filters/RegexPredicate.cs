using System.Text;
using System.Text.RegularExpressions;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary><c>$regex</c>: a string that the expression matches, or the very same expression.</summary>
internal sealed class RegexPredicate : ValuePredicate
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(1);

    private readonly RawConstant _constant;
    private Regex _regex;

    /// <summary>Compiles the expression.</summary>
    /// <param name="expression">Pattern and options.</param>
    /// <exception cref="CommandException">The pattern or an option is not valid.</exception>
    public RegexPredicate(BsonRegularExpression expression)
    {
        _constant = new RawConstant(expression);
        Expression = expression;
        Literal = RegexPrefix.LiteralOf(expression) is { } literal ? Encoding.UTF8.GetBytes(literal) : null;
        try
        {
            _regex = Compile(expression.Pattern, Options(expression.Options), MatchTimeout);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(ErrorCode.Location51091, $"Regular expression is invalid: {exception.Message}");
        }
    }

    /// <summary>Pattern and options.</summary>
    public BsonRegularExpression Expression { get; }

    /// <summary>The text that the expression looks for, in UTF-8, where it is nothing but that; null otherwise.</summary>
    public byte[]? Literal { get; }

    /// <summary>The text that every match begins with; empty when the expression is not anchored or ignores case.</summary>
    public string Prefix => RegexPrefix.Of(Expression);

    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state) => value.Type switch
    {
        BsonType.String or BsonType.Symbol when Literal is not null => value.AsUtf8.IndexOf(Literal) >= 0,
        BsonType.String or BsonType.Symbol => IsMatch(Encoding.UTF8.GetString(value.AsUtf8), state.Budget),
        BsonType.RegularExpression => BsonOrder.Compare(value, _constant.Slice) == 0,
        _ => false,
    };

    private static Regex Compile(string pattern, RegexOptions options, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            // Lookarounds and back references need the backtracking matcher; the time-out keeps it at bay.
            return new Regex(pattern, options, timeout);
        }
    }

    private static RegexOptions Options(string options)
    {
        var result = RegexOptions.CultureInvariant;
        foreach (var option in options)
        {
            result |= option switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                'u' => RegexOptions.None,
                _ => throw new CommandException(ErrorCode.Location51108, $"invalid flag in regex options: {option}"),
            };
        }

        return result;
    }

    private bool IsMatch(string text, TimeBudget budget)
    {
        try
        {
            return Within(budget).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new CommandException(
                ErrorCode.MaxTimeMSExpired,
                _regex.MatchTimeout < MatchTimeout ? "operation exceeded time limit" : "the regular expression takes too long to match");
        }
    }

    // An expression's time-out is part of it. Compiled again each time that the rest of the command's time has halved, it
    // never goes beyond the end by more than was left when the match began.
    private Regex Within(TimeBudget budget)
    {
        if (budget.Left is not { } left)
        {
            return _regex;
        }

        budget.Check();
        var timeout = left > ShortestTimeout ? left : ShortestTimeout;
        if (_regex.MatchTimeout > timeout * 2)
        {
            _regex = Compile(Expression.Pattern, Options(Expression.Options), timeout);
        }

        return _regex;
    }
}
