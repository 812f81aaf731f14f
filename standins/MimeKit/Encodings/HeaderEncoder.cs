using System.Text;
using MimeKit.Parsing;

namespace MimeKit.Encodings;

/// <summary>Turns a header's text into the bytes that stand in the message.</summary>
internal static class HeaderEncoder
{
    public static byte[] Encode(HeaderId id, string field, Encoding encoding, string text)
    {
        var folder = new HeaderFolder(field, FormatOptions.Default);
        IEnumerable<string> words;
        if (HeaderNames.HoldsAddresses(id) && InternetAddressList.TryParse(text, out var addresses))
        {
            words = AddressWriter.Words(addresses, FormatOptions.Default, encode: true);
        }
        else if (id is HeaderId.ContentType or HeaderId.ContentDisposition)
        {
            words = text.Split(' ');
        }
        else
        {
            words = HeaderNames.HoldsTokens(id) && Ascii.IsValid(text) ? text.Split(' ') : EncodedWordWriter.EncodeText(encoding, text);
        }

        foreach (var word in words)
        {
            folder.Add(word);
        }

        return folder.ToRawValue();
    }
}
