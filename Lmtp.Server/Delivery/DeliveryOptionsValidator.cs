using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>Finds what is wrong with the rules for spam headers, each fault with its key.</summary>
internal sealed class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>
{
    private const int MaxScore = 100;
    private const int MaxPattern = 512;

    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var faults = new List<string>();
        for (var index = 0; index < (options.SpamRules?.Count ?? 0); index++)
        {
            Check(options.SpamRules![index], $"{DeliveryOptions.Section}:{nameof(options.SpamRules)}:{index}", faults);
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static void Check(SpamHeaderRule rule, string key, List<string> faults)
    {
        if (rule.Header.Length == 0 || rule.Header.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            faults.Add($"{key}:{nameof(rule.Header)} must be the name of a header field.");
        }

        if (rule.Score is < 1 or > MaxScore)
        {
            faults.Add($"{key}:{nameof(rule.Score)} must be 1 to {MaxScore}.");
        }

        if (rule.Pattern.Length is 0 or > MaxPattern || !IsExpression(rule.Pattern))
        {
            faults.Add($"{key}:{nameof(rule.Pattern)} must be a regular expression of 1 to {MaxPattern} characters, without look-around and back-references.");
        }
    }

    private static bool IsExpression(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
