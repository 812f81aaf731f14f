using System.Text;

namespace MimeKit.Parsing;

/// <summary>Encodings by their names in mail.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding; null when nobody knows the name.</summary>
    public static Encoding? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name.Trim()) ?? Encoding.GetEncoding(name.Trim());
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The name that stands in a header.</summary>
    public static string NameOf(Encoding encoding) => encoding.WebName;

    /// <summary>UTF-8 where the bytes are that, else ISO 8859-1, which any bytes are.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes) => Guess(bytes, out _);

    public static string Guess(ReadOnlySpan<byte> bytes, out Encoding encoding)
    {
        encoding = Encoding.UTF8;
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            encoding = Encoding.Latin1;
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
