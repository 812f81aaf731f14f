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

    private ContentFields(
        ReadOnlySpan<byte> contentType,
        ReadOnlySpan<byte> disposition,
        ReadOnlySpan<byte> transferEncoding,
        int contentTypes,
        int dispositions,
        int transferEncodings)
    {
        _contentType = contentType;
        _disposition = disposition;
        _transferEncoding = transferEncoding;
        _contentTypes = contentTypes;
        _dispositions = dispositions;
        _transferEncodings = transferEncodings;
    }

    public string TransferEncoding => HeaderText.DecodeUnfolded(_transferEncoding);

    /// <summary>Finds the last field of each name.</summary>
    public static ContentFields Find<TList>(TList fields)
        where TList : IReadOnlyList<HeaderField>
    {
        ReadOnlySpan<byte> contentType = [];
        ReadOnlySpan<byte> disposition = [];
        ReadOnlySpan<byte> transferEncoding = [];
        var (contentTypes, dispositions, transferEncodings) = (0, 0, 0);
        for (var index = fields.Count - 1; index >= 0; index--)
        {
            var field = fields[index];
            if (!MayHaveName(field))
            {
                continue;
            }

            field.Split(out var name, out var value);
            if (Ascii.EqualsIgnoreCase(name, "content-type"u8) && contentTypes++ == 0)
            {
                contentType = value;
            }
            else if (Ascii.EqualsIgnoreCase(name, "content-disposition"u8) && dispositions++ == 0)
            {
                disposition = value;
            }
            else if (Ascii.EqualsIgnoreCase(name, "content-transfer-encoding"u8) && transferEncodings++ == 0)
            {
                transferEncoding = value;
            }
        }

        return new ContentFields(contentType, disposition, transferEncoding, contentTypes, dispositions, transferEncodings);
    }

    /// <summary>Content-Type, its parameters in a table.</summary>
    public ParameterizedValue ContentType(ref ParameterTable? parameters) =>
        IsAbsent(_contentType, _contentTypes) ? ParameterizedValue.TextPlain : Parse(_contentType, ref parameters);

    /// <summary>Content-Disposition, its parameters in a table; null when there is none.</summary>
    public ParameterizedValue? Disposition(ref ParameterTable? parameters) =>
        IsAbsent(_disposition, _dispositions) ? null : Parse(_disposition, ref parameters);

    /// <summary>Whether the first letter is that of the names, so that few fields have to be split.</summary>
    private static bool MayHaveName(in HeaderField field) =>
        field.Bytes is [var first, ..] && (first is (byte)'c' or (byte)'C' || Whitespace.Is(first));

    /// <summary>A field that occurs once and is empty counts as none; when there are several, the last one counts.</summary>
    private static bool IsAbsent(ReadOnlySpan<byte> value, int count) => count == 0 || (count == 1 && value.IsEmpty);

    private static ParameterizedValue Parse(ReadOnlySpan<byte> value, ref ParameterTable? parameters)
    {
        using var scratch = new ScratchText();
        HeaderText.AppendUnfolded(value, scratch.Buffer);
        var text = scratch.Buffer.Text;
        return KnownContentTypes.Find(text) ?? ParameterizedValueParser.Parse(text, ref parameters);
    }
}
