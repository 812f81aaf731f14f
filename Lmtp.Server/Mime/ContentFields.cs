using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>The fields of a header that decide what becomes of the body.</summary>
internal readonly ref struct ContentFields
{
    private readonly ReadOnlySpan<byte> _contentType;
    private readonly ReadOnlySpan<byte> _disposition;
    private readonly ReadOnlySpan<byte> _transferEncoding;
    private readonly int _contentTypes;
    private readonly int _dispositions;
    private readonly int _transferEncodings;

    /// <summary>Finds the last field of each name.</summary>
    public ContentFields(IReadOnlyList<HeaderField> fields)
    {
        for (var index = fields.Count - 1; index >= 0; index--)
        {
            fields[index].Split(out var name, out var value);
            if (Ascii.EqualsIgnoreCase(name, "content-type"u8) && _contentTypes++ == 0)
            {
                _contentType = value;
            }
            else if (Ascii.EqualsIgnoreCase(name, "content-disposition"u8) && _dispositions++ == 0)
            {
                _disposition = value;
            }
            else if (Ascii.EqualsIgnoreCase(name, "content-transfer-encoding"u8) && _transferEncodings++ == 0)
            {
                _transferEncoding = value;
            }
        }
    }

    public ParameterizedValue ContentType =>
        IsAbsent(_contentType, _contentTypes) ? ParameterizedValue.TextPlain : Parse(_contentType);

    public ParameterizedValue? Disposition =>
        IsAbsent(_disposition, _dispositions) ? null : Parse(_disposition);

    public string TransferEncoding => HeaderText.DecodeUnfolded(_transferEncoding);

    /// <summary>A field that occurs once and is empty counts as none; when there are several, the last one counts.</summary>
    private static bool IsAbsent(ReadOnlySpan<byte> value, int count) => count == 0 || (count == 1 && value.IsEmpty);

    private static ParameterizedValue Parse(ReadOnlySpan<byte> value)
    {
        using var scratch = new ScratchText();
        HeaderText.AppendUnfolded(value, scratch.Buffer);
        var text = scratch.Buffer.Text;
        return KnownContentTypes.Find(text) ?? ParameterizedValue.Parse(text);
    }
}
