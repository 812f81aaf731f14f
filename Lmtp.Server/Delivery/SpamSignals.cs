using System.Globalization;
using System.Text.RegularExpressions;
using Lmtp.Server.Filters;
using Lmtp.Server.Mime;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>What spam scanners before us wrote into the header.</summary>
internal sealed class SpamSignals : IDisposable
{
    private const int Certain = 100;
    private const int MaxValue = 4096;

    private readonly IDisposable? _changes;
    private volatile Source[] _sources;

    public SpamSignals(IOptionsMonitor<DeliveryOptions> options)
    {
        _sources = ToSources(options.CurrentValue);
        _changes = options.OnChange(changed => _sources = ToSources(changed));
    }

    /// <summary>Reads the headers that rules name.</summary>
    public SpamSignal Read(MessageCopy copy)
    {
        var headers = new FilterHeaders(copy.Header);
        var score = 0;
        List<string>? found = null;
        foreach (var source in _sources)
        {
            foreach (var value in headers.Values(source.Header))
            {
                if (source.Pattern.IsMatch(value.Length > MaxValue ? value.AsSpan(0, MaxValue) : value))
                {
                    score = Math.Max(score, source.Score);
                    (found ??= []).Add(string.Create(CultureInfo.InvariantCulture, $"{source.Header} ({source.Score})"));
                    break;
                }
            }
        }

        return new SpamSignal(score, found ?? []);
    }

    public void Dispose() => _changes?.Dispose();

    private static Source[] ToSources(DeliveryOptions options)
    {
        var rules = new List<SpamHeaderRule>();
        if (!string.IsNullOrEmpty(options.SpamHeader))
        {
            rules.Add(new SpamHeaderRule { Header = options.SpamHeader, Pattern = @"^(yes|true)$", Score = Certain });
        }

        rules.AddRange(options.SpamRules ?? SpamHeaderRule.Defaults);
        return [.. rules.Select(rule => new Source(rule.Header.ToLowerInvariant(), ToRegex(rule.Pattern), rule.Score))];
    }

    private static Regex ToRegex(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private sealed record Source(string Header, Regex Pattern, int Score);
}
