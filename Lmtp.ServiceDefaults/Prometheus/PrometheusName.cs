using System.Diagnostics.Metrics;
using System.Text;

namespace Lmtp.ServiceDefaults.Prometheus;

/// <summary>
/// Names of metrics and labels as OpenTelemetry's rules for Prometheus make them: every character that Prometheus does
/// not take is an underscore, the unit is written out at the end, counters end in <c>_total</c>.
/// </summary>
internal static class PrometheusName
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["min"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
    };

    /// <summary>The name of an instrument's metric.</summary>
    public static string OfMetric(Instrument instrument, MetricKind kind)
    {
        var name = Clean(instrument.Name);
        foreach (var word in Suffixes(instrument.Unit ?? "", kind))
        {
            if (!name.EndsWith("_" + word, StringComparison.Ordinal))
            {
                name = $"{name}_{word}";
            }
        }

        return name;
    }

    /// <summary>The name of a label.</summary>
    public static string OfLabel(string name) => Clean(name);

    private static IEnumerable<string> Suffixes(string unit, MetricKind kind)
    {
        // What stands in braces only says what is counted.
        var brace = unit.IndexOf('{', StringComparison.Ordinal);
        var plain = brace < 0 ? unit : unit[..brace] + unit[(unit.IndexOf('}', StringComparison.Ordinal) + 1)..];
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        var own = slash < 0 ? plain : plain[..slash];
        if (own == "1")
        {
            if (kind == MetricKind.Gauge)
            {
                yield return "ratio";
            }
        }
        else if (own.Length > 0)
        {
            yield return Units.GetValueOrDefault(own, Clean(own));
        }

        if (slash >= 0 && slash + 1 < plain.Length)
        {
            yield return "per_" + PerUnits.GetValueOrDefault(plain[(slash + 1)..], Clean(plain[(slash + 1)..]));
        }

        if (kind == MetricKind.Counter)
        {
            yield return "total";
        }
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var character in name)
        {
            var taken = char.IsAsciiLetterOrDigit(character) ? character : '_';
            if (taken != '_' || clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append(taken);
            }
        }

        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? $"_{clean}" : clean.ToString();
    }
}
