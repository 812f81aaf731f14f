using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <summary>A regular expression with options.</summary>
public class BsonRegularExpression : BsonValue, IComparable<BsonRegularExpression>, IEquatable<BsonRegularExpression>
{
    /// <inheritdoc />
    public override BsonType BsonType => BsonType.RegularExpression;

    /// <summary>Wraps a value.</summary>
    public static implicit operator BsonRegularExpression(string value) => new BsonRegularExpression(value);

    /// <summary>Equality of value.</summary>
    public static bool operator ==(BsonRegularExpression lhs, BsonRegularExpression rhs) => lhs is null ? rhs is null : lhs.Equals(rhs);

    /// <summary>Inequality of value.</summary>
    public static bool operator !=(BsonRegularExpression lhs, BsonRegularExpression rhs) => !(lhs == rhs);

    /// <summary>Maps a .NET value to this type.</summary>
    public static new BsonRegularExpression Create(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (BsonRegularExpression)BsonTypeMapper.MapToBsonValue(value, BsonType.RegularExpression);
    }

    /// <summary>Compares values.</summary>
    public int CompareTo(BsonRegularExpression other) => other is null ? 1 : CompareParts(other);

    /// <inheritdoc />
    public override int CompareTo(BsonValue other) => other is BsonRegularExpression same ? CompareTo(same) : CompareTypeTo(other);

    /// <summary>Equality of type and value.</summary>
    public bool Equals(BsonRegularExpression rhs) => rhs is not null && GetType() == rhs.GetType() && Pattern == rhs.Pattern && Options == rhs.Options;

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as BsonRegularExpression);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(BsonType, Pattern, Options);

    /// <summary>Creates one from a pattern, or from <c>/pattern/options</c>.</summary>
    public BsonRegularExpression(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.StartsWith('/'))
        {
            var end = pattern.LastIndexOf('/');
            var escaped = pattern[1..end];
            Pattern = escaped == "(?:)" ? "" : escaped.Replace("\\/", "/", StringComparison.Ordinal);
            Options = Sorted(pattern[(end + 1)..]);
        }
        else
        {
            Pattern = pattern;
            Options = "";
        }
    }

    /// <summary>Creates one.</summary>
    public BsonRegularExpression(string pattern, string options)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Pattern = pattern;
        Options = Sorted(options ?? "");
    }

    /// <summary>Creates one from a .NET regular expression.</summary>
    public BsonRegularExpression(Regex regex)
    {
        ArgumentNullException.ThrowIfNull(regex);
        Pattern = regex.ToString();
        Options = string.Concat(
            regex.Options.HasFlag(RegexOptions.IgnoreCase) ? "i" : "",
            regex.Options.HasFlag(RegexOptions.Multiline) ? "m" : "",
            regex.Options.HasFlag(RegexOptions.Singleline) ? "s" : "",
            regex.Options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "x" : "");
    }

    /// <summary>The pattern.</summary>
    public string Pattern { get; }

    /// <summary>The options, sorted: i, m, s, x.</summary>
    public string Options { get; }

    /// <summary>Wraps a .NET regular expression.</summary>
    public static implicit operator BsonRegularExpression(Regex value) => new(value);

    /// <summary>The .NET regular expression.</summary>
    public Regex ToRegex()
    {
        var options = RegexOptions.None;
        options |= Options.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : 0;
        options |= Options.Contains('m', StringComparison.Ordinal) ? RegexOptions.Multiline : 0;
        options |= Options.Contains('s', StringComparison.Ordinal) ? RegexOptions.Singleline : 0;
        options |= Options.Contains('x', StringComparison.Ordinal) ? RegexOptions.IgnorePatternWhitespace : 0;
        return new Regex(Pattern, options);
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var escaped = Pattern.Length == 0 ? "(?:)" : Pattern.Replace("/", "\\/", StringComparison.Ordinal);
        return $"/{escaped}/{Options}";
    }

    private static string Sorted(string options)
    {
        if (options.Length < 2)
        {
            return options;
        }

        var letters = options.ToCharArray();
        Array.Sort(letters);
        return new string(letters);
    }

    private int CompareParts(BsonRegularExpression other)
    {
        var byPattern = string.Compare(Pattern, other.Pattern, StringComparison.CurrentCulture);
        return byPattern != 0 ? byPattern : string.Compare(Options, other.Options, StringComparison.CurrentCulture);
    }
}
