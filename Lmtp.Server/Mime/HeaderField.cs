using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// One header field as received: its lines joined with CRLF, white space of the folds kept. A field without a colon is
/// all name.
/// </summary>
public readonly struct HeaderField
{
    private readonly byte[] _buffer;
    private readonly int _start;
    private readonly int _length;

    internal HeaderField(byte[] buffer, int start, int length)
    {
        _buffer = buffer;
        _start = start;
        _length = length;
    }

    /// <summary>The bytes of the field, without the line break that ends it.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _length);

    /// <summary>The bytes of the field, without the line break that ends it.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(_start, _length);

    /// <summary>The number of bytes.</summary>
    public int Length => _length;

    /// <summary>The field as WildDuck stores it: one character U+0000 to U+00FF for each byte.</summary>
    public string BinaryText => Encoding.Latin1.GetString(Bytes);

    /// <summary>The bytes before the first colon, without surrounding white space, in the case received.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            Split(out var name, out _);
            return name;
        }
    }

    /// <summary>The bytes after the first colon, without surrounding white space; empty when there is no colon.</summary>
    public ReadOnlySpan<byte> Value
    {
        get
        {
            Split(out _, out var value);
            return value;
        }
    }

    /// <summary>Makes a field from its text, one byte for each character.</summary>
    /// <exception cref="ArgumentException"><paramref name="binaryText"/> has a character above U+00FF.</exception>
    public static HeaderField FromBinaryText(string binaryText)
    {
        ArgumentNullException.ThrowIfNull(binaryText);
        foreach (var character in binaryText)
        {
            if (character > 0xFF)
            {
                throw new ArgumentException("A header field is a string of bytes.", nameof(binaryText));
            }
        }

        var bytes = Encoding.Latin1.GetBytes(binaryText);
        return new HeaderField(bytes, 0, bytes.Length);
    }

    /// <summary>Whether the field has this name; case does not matter.</summary>
    /// <param name="lowerCaseName">The name in ASCII, lower case.</param>
    public bool HasName(ReadOnlySpan<byte> lowerCaseName) => Ascii.EqualsIgnoreCase(Name, lowerCaseName);

    /// <summary>Whether the field has this name; case does not matter.</summary>
    /// <param name="lowerCaseName">The name in ASCII, lower case.</param>
    internal bool HasName(string lowerCaseName)
    {
        // Most names begin with their first letter, and most begin with another one.
        var bytes = Bytes;
        return bytes.Length >= lowerCaseName.Length
            && ((bytes[0] | 0x20) == lowerCaseName[0] || Whitespace.Is(bytes[0]))
            && Ascii.EqualsIgnoreCase(Name, lowerCaseName);
    }

    /// <summary>Name and value at once.</summary>
    internal void Split(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var bytes = Bytes;
        var colon = bytes.IndexOf((byte)':');
        name = Whitespace.Trim(colon < 0 ? bytes : bytes[..colon]);
        value = colon < 0 ? [] : Whitespace.Trim(bytes[(colon + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => BinaryText;
}
