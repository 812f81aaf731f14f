using System.Text;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>The parameters of RCPT: NOTIFY and ORCPT (RFC 3461 sections 4.1 and 4.2).</summary>
internal sealed class RcptParameters
{
    private bool _notifySeen;

    /// <summary>ORCPT= as <c>type;address</c> with the xtext decoded, or null.</summary>
    public string? OriginalRecipient { get; private set; }

    /// <summary>Reads what follows the path; returns the reply to a fault, or null.</summary>
    public Reply? Parse(ReadOnlySpan<byte> input)
    {
        var reader = new ParameterReader(input);
        while (reader.Read())
        {
            bool valid;
            if (reader.Is("NOTIFY"u8))
            {
                if (_notifySeen)
                {
                    return Replies.RepeatedParameter("NOTIFY");
                }

                _notifySeen = true;
                valid = IsNotify(reader.Value);
            }
            else if (reader.Is("ORCPT"u8))
            {
                if (OriginalRecipient is not null)
                {
                    return Replies.RepeatedParameter("ORCPT");
                }

                OriginalRecipient = OriginalRecipientOf(reader.Value);
                valid = OriginalRecipient is not null;
            }
            else
            {
                return Replies.UnknownParameter(reader.KeywordText);
            }

            if (!valid)
            {
                return Replies.BadParameter(reader.KeywordText);
            }
        }

        return reader.IsMalformed ? Replies.RcptSyntax : null;
    }

    /// <summary>NEVER alone, or a list of SUCCESS, FAILURE and DELAY, none twice.</summary>
    private static bool IsNotify(ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(value, "NEVER"u8))
        {
            return true;
        }

        var seen = 0;
        foreach (var range in value.Split((byte)','))
        {
            var word = value[range];
            var bit = Ascii.EqualsIgnoreCase(word, "SUCCESS"u8) ? 1
                : Ascii.EqualsIgnoreCase(word, "FAILURE"u8) ? 2
                : Ascii.EqualsIgnoreCase(word, "DELAY"u8) ? 4
                : 0;
            if (bit == 0 || (seen & bit) != 0)
            {
                return false;
            }

            seen |= bit;
        }

        return seen != 0;
    }

    private static string? OriginalRecipientOf(ReadOnlySpan<byte> value)
    {
        var semicolon = value.IndexOf((byte)';');
        if (semicolon <= 0 || semicolon == value.Length - 1)
        {
            return null;
        }

        foreach (var b in value[..semicolon])
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '-')
            {
                return null;
            }
        }

        return Xtext.Decode(value[(semicolon + 1)..]) is { } address
            ? $"{Encoding.ASCII.GetString(value[..semicolon])};{address}"
            : null;
    }
}
