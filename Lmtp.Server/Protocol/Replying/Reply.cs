using System.Text;
using Lmtp.Server.Protocol.Configuration;

namespace Lmtp.Server.Protocol.Replying;

/// <summary>One reply, ready for the wire: code, enhanced status code, text, CRLF.</summary>
internal readonly struct Reply
{
    /// <summary>The longest reply line, CRLF included (RFC 5321 section 4.5.3.1.5).</summary>
    private const int MaxLine = 512;

    private readonly byte[] _bytes;

    private Reply(byte[] bytes, bool isBadCommand, LimitName? limit = null)
    {
        _bytes = bytes;
        IsBadCommand = isBadCommand;
        Limit = limit;
    }

    /// <summary>The bytes to send.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Whether the client made a mistake that counts towards the limit of errors.</summary>
    public bool IsBadCommand { get; }

    /// <summary>The limit that the client met with, or null.</summary>
    public LimitName? Limit { get; }

    /// <summary>The three-digit code.</summary>
    public int Code => ((Bytes.Span[0] - '0') * 100) + ((Bytes.Span[1] - '0') * 10) + (Bytes.Span[2] - '0');

    /// <summary>A reply whose text never changes.</summary>
    public static Reply Fixed(ReadOnlySpan<byte> text) => new([.. text, .. "\r\n"u8], isBadCommand: false);

    /// <summary>A reply to a mistake of the client.</summary>
    public static Reply BadCommand(ReadOnlySpan<byte> text) => new([.. text, .. "\r\n"u8], isBadCommand: true);

    /// <summary>
    /// A reply with variable parts. Control characters never reach the wire; without <paramref name="utf8"/> neither
    /// does anything outside ASCII (RFC 6531 section 3.5). An over-long text is cut.
    /// </summary>
    public static Reply Text(string text, bool utf8 = false)
    {
        var line = string.Create(text.Length, (text, utf8), static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                var c = source.text[i];
                target[i] = char.IsControl(c) || (!source.utf8 && !char.IsAscii(c)) ? '?' : c;
            }
        });
        var encoded = Encoding.UTF8.GetBytes(line);
        var length = encoded.Length;
        if (length > MaxLine - 2)
        {
            length = MaxLine - 2;
            while (length > 0 && (encoded[length] & 0xC0) == 0x80)
            {
                length--;
            }
        }

        return new([.. encoded.AsSpan(0, length), .. "\r\n"u8], isBadCommand: false);
    }

    /// <summary>A reply of several lines that was put together elsewhere.</summary>
    public static Reply Lines(string lines) => new(Encoding.UTF8.GetBytes(lines), isBadCommand: false);

    /// <summary>The same reply, counted as a mistake of the client.</summary>
    public Reply AsBadCommand() => new(_bytes, isBadCommand: true, Limit);

    /// <summary>The same reply, counted for this limit.</summary>
    public Reply For(LimitName limit) => new(_bytes, IsBadCommand, limit);

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span).TrimEnd();
}
