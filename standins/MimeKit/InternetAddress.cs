using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>A mailbox or a group of them.</summary>
public abstract class InternetAddress
{
    private string? _name;

    /// <summary>Sets the name.</summary>
    protected InternetAddress(Encoding encoding, string? name)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        Encoding = encoding;
        _name = name;
    }

    /// <summary>The charset of a name that is not ASCII.</summary>
    public Encoding Encoding { get; }

    /// <summary>The name to show.</summary>
    public string? Name
    {
        get => _name;
        set
        {
            _name = value;
            OnChanged();
        }
    }

    internal Action? Changed { get; set; }

    /// <summary>The address as text, encoded as in a header or as it is.</summary>
    public abstract string ToString(FormatOptions options, bool encode);

    /// <summary>The address as text, encoded as in a header or as it is.</summary>
    public string ToString(bool encode) => ToString(FormatOptions.Default, encode);

    /// <inheritdoc />
    public override string ToString() => ToString(FormatOptions.Default, encode: false);

    /// <summary>Tells the list that holds it.</summary>
    protected virtual void OnChanged() => Changed?.Invoke();

    internal string Join(FormatOptions options, bool encode) => string.Join(' ', AddressWriter.Words(this, options, encode));
}
