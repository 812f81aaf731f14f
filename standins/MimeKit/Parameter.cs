using System.Buffers;
using System.Text;

namespace MimeKit;

/// <summary>A parameter of a header field.</summary>
public class Parameter
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>@,;:\\\"/[]?=");

    private string _value;

    /// <summary>Makes a parameter; what is not ASCII is encoded as UTF-8.</summary>
    public Parameter(string name, string value)
        : this(Encoding.UTF8, name, value)
    {
    }

    /// <summary>Makes a parameter; what is not ASCII is encoded in that charset.</summary>
    public Parameter(Encoding encoding, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!IsToken(name))
        {
            throw new ArgumentException("Illegal characters in parameter name.", nameof(name));
        }

        Encoding = encoding;
        Name = name;
        _value = value;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The charset of a value that is not ASCII.</summary>
    public Encoding Encoding { get; set; }

    /// <summary>The value.</summary>
    public string Value
    {
        get => _value;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _value = value;
            Changed?.Invoke();
        }
    }

    internal Action? Changed { get; set; }

    /// <inheritdoc />
    public override string ToString() => $"{Name}=\"{Value}\"";

    /// <summary>A token of RFC 2045: ASCII without blanks, control characters and <c>()&lt;&gt;@,;:\"/[]?=</c>.</summary>
    internal static bool IsToken(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange('!', '~') && !text.ContainsAny(Specials);
}
