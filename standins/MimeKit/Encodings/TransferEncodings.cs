namespace MimeKit.Encodings;

/// <summary>The names of content transfer encodings, and which one suits a content.</summary>
internal static class TransferEncodings
{
    private const int MaxLineOfTransport = 998;

    public static ContentEncoding Parse(string? name) => name?.Trim().ToUpperInvariant() switch
    {
        "7BIT" => ContentEncoding.SevenBit,
        "8BIT" => ContentEncoding.EightBit,
        "BINARY" => ContentEncoding.Binary,
        "BASE64" => ContentEncoding.Base64,
        "QUOTED-PRINTABLE" => ContentEncoding.QuotedPrintable,
        "UUENCODE" or "X-UUENCODE" or "X-UUE" => ContentEncoding.UUEncode,
        _ => ContentEncoding.Default,
    };

    public static string? NameOf(ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.SevenBit => "7bit",
        ContentEncoding.EightBit => "8bit",
        ContentEncoding.Binary => "binary",
        ContentEncoding.Base64 => "base64",
        ContentEncoding.QuotedPrintable => "quoted-printable",
        ContentEncoding.UUEncode => "x-uuencode",
        _ => null,
    };

    /// <summary>The shortest encoding that the transport lets through.</summary>
    public static ContentEncoding Best(ReadOnlySpan<byte> content, EncodingConstraint constraint, int maxLineLength)
    {
        var high = 0;
        var longest = 0;
        var line = 0;
        foreach (var value in content)
        {
            high += value >= 0x80 ? 1 : 0;
            line = value == (byte)'\n' ? 0 : line + 1;
            longest = Math.Max(longest, line);
        }

        var hasNul = content.Contains((byte)0);
        var fits = longest <= Math.Min(maxLineLength, MaxLineOfTransport);
        var quoted = high * 6 < content.Length && !hasNul ? ContentEncoding.QuotedPrintable : ContentEncoding.Base64;
        return constraint switch
        {
            EncodingConstraint.None when hasNul => ContentEncoding.Binary,
            EncodingConstraint.None => high == 0 && fits ? ContentEncoding.SevenBit : longest > MaxLineOfTransport ? ContentEncoding.Binary : ContentEncoding.EightBit,
            EncodingConstraint.EightBit when high > 0 && fits && !hasNul => ContentEncoding.EightBit,
            _ => high == 0 && fits && !hasNul ? ContentEncoding.SevenBit : quoted,
        };
    }
}
