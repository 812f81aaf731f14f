using System.Text;
using System.Text.RegularExpressions;

namespace Lmtp.Tests.Unit.Protocol.Conformance;

/// <summary>
/// Input bytes and the exact replies to them. In both, a line of the table is a line on the wire: <c>⏎</c> stands for
/// CRLF, a character from U+E000 on for the byte of its low eight bits, anything else for itself in UTF-8. In the
/// replies, ID and S stand for the id of a message and of the session.
/// </summary>
internal sealed partial record ConformanceCase(
    string Name,
    string Input,
    string Replies,
    ConformanceProfile Profile = ConformanceProfile.Default,
    string? Stored = null)
{
    private const string Greeting = "220 mx.example.test LMTP ready⏎";

    /// <summary>The bytes that the client sends.</summary>
    public byte[] InputBytes => ToBytes(Input);

    /// <summary>All that the server sends, greeting included.</summary>
    public string ExpectedOutput => (Greeting + Replies).Replace("⏎", "\r\n", StringComparison.Ordinal);

    /// <summary>The bytes of the last message that must have been stored, when the case says so.</summary>
    public byte[]? StoredBytes => Stored is null ? null : ToBytes(Stored);

    /// <summary>Replaces what differs from run to run.</summary>
    public static string Normalise(byte[] output)
    {
        var text = Encoding.UTF8.GetString(output);
        text = MessageId().Replace(text, "${1}ID");
        return SessionId().Replace(text, "(session S)");
    }

    private static byte[] ToBytes(string text)
    {
        var bytes = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '⏎':
                    bytes.AddRange("\r\n"u8);
                    break;
                case >= 0xE000 and <= 0xE0FF:
                    bytes.Add((byte)rune.Value);
                    break;
                default:
                    bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
                    break;
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("((?:stored|policy|forwarded) as |duplicate of )[0-9a-f]{24}")]
    private static partial Regex MessageId();

    [GeneratedRegex(@"\(session [^)]+\)")]
    private static partial Regex SessionId();
}
