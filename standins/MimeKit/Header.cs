using System.Text;
using MimeKit.Encodings;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>One header field.</summary>
public class Header
{
    private readonly Encoding _encoding = Encoding.UTF8;
    private ReadOnlyMemory<byte> _rawValue;
    private string? _value;

    /// <summary>Makes a field; what is not ASCII is encoded as UTF-8.</summary>
    public Header(HeaderId id, string value)
        : this(Encoding.UTF8, id, value)
    {
    }

    /// <summary>Makes a field; what is not ASCII is encoded as UTF-8.</summary>
    public Header(string field, string value)
        : this(Encoding.UTF8, field, value)
    {
    }

    /// <summary>Makes a field; what is not ASCII is encoded in that charset.</summary>
    public Header(Encoding encoding, HeaderId id, string value)
        : this(encoding, HeaderNames.ToName(id), value)
    {
    }

    /// <summary>Makes a field; what is not ASCII is encoded in that charset.</summary>
    public Header(Encoding encoding, string field, string value)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(value);
        if (!HeaderNames.IsValid(field))
        {
            throw new ArgumentException("Illegal characters in header field name.", nameof(field));
        }

        _encoding = encoding;
        Field = field;
        Id = HeaderNames.ToId(field);
        Value = value;
    }

    /// <summary>A field as it was read.</summary>
    internal Header(string field, ReadOnlyMemory<byte> rawField, ReadOnlyMemory<byte> rawValue, long offset, bool isInvalid)
    {
        Field = field;
        Id = isInvalid ? HeaderId.Unknown : HeaderNames.ToId(field);
        ReadField = rawField;
        _rawValue = rawValue;
        Offset = offset;
        IsInvalid = isInvalid;
    }

    /// <summary>A field whose value has been encoded already.</summary>
    internal Header(HeaderId id, byte[] rawValue)
    {
        Field = HeaderNames.ToName(id);
        Id = id;
        _rawValue = rawValue;
    }

    /// <summary>Where the field began in what was read; null for one that was made.</summary>
    public long? Offset { get; }

    /// <summary>The name.</summary>
    public string Field { get; }

    /// <summary>The name, where it is a known one.</summary>
    public HeaderId Id { get; }

    /// <summary>The name as it was read.</summary>
    public byte[] RawField => ReadField.IsEmpty ? Encoding.ASCII.GetBytes(Field) : ReadField.ToArray();

    /// <summary>What stands behind the colon, line breaks included.</summary>
    public byte[] RawValue => _rawValue.ToArray();

    /// <summary>The value, decoded and without line breaks.</summary>
    public string Value
    {
        get => _value ??= EncodedWordReader.Decode(_rawValue.Span).Trim();
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _value = EncodedWordReader.Unfold(value).Trim();
            _rawValue = HeaderEncoder.Encode(Id, Field, _encoding, _value);
            Changed?.Invoke(this);
        }
    }

    internal Action<Header>? Changed { get; set; }

    /// <summary>Whether it was a line without colon.</summary>
    internal bool IsInvalid { get; }

    internal ReadOnlyMemory<byte> ReadValue => _rawValue;

    private ReadOnlyMemory<byte> ReadField { get; }

    /// <inheritdoc />
    public override string ToString() => IsInvalid ? Field : $"{Field}: {Value}";

    internal void WriteTo(MimeWriter writer)
    {
        writer.WriteText(ReadField.IsEmpty ? RawField : ReadField.Span);
        if (!IsInvalid)
        {
            writer.WriteText(":"u8);
            writer.WriteText(_rawValue.Span);
        }

        writer.EndLine();
    }
}
