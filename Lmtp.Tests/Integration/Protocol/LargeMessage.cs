using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>
/// A message of many megabytes that is made up while it is sent: random content, as an attachment in base64 or as one
/// long text.
/// </summary>
internal sealed class LargeMessage(int number, long size, bool asAttachment)
{
    private const int Piece = 48 * 1024;
    private const int Line = 57;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The digest of all that was sent, once it was.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>Writes the message, and the line that ends DATA. No line of it begins with a dot.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        var random = new Random(number);
        var sent = await PutAsync(stream, Opening(), cancellationToken);
        var content = new byte[Piece / 76 * Line];
        while (sent < size)
        {
            random.NextBytes(content);
            var text = Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\r\n";
            sent += await PutAsync(stream, text, cancellationToken);
        }

        await PutAsync(stream, asAttachment ? "--=_part--\r\n" : "end\r\n", cancellationToken);
        Digest = Convert.ToHexString(_hash.GetHashAndReset());
        await stream.WriteAsync(".\r\n"u8.ToArray(), cancellationToken);
    }

    private async Task<long> PutAsync(Stream stream, string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        _hash.AppendData(bytes);
        await stream.WriteAsync(bytes, cancellationToken);
        return bytes.Length;
    }

    private string Opening()
    {
        var header = $"From: sender@a.test\r\nTo: user@b.test\r\nSubject: Large {number}\r\nMessage-ID: <large-{number}@a.test>\r\nMIME-Version: 1.0\r\n";
        return asAttachment
            ? header + "Content-Type: multipart/mixed; boundary=\"=_part\"\r\n\r\n--=_part\r\n\r\nSee the attachment.\r\n--=_part\r\n"
                + $"Content-Type: application/octet-stream; name=\"{number}.bin\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n"
            : header + "\r\n";
    }
}
