using System.Globalization;
using System.Text;
using Lmtp.Server.Protocol.Grammar;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Commands;

/// <summary>
/// The parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152, RFC 3030), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461),
/// AUTH (RFC 4954).
/// </summary>
internal sealed class MailParameters
{
    /// <summary>RFC 1870 allows twenty digits, more than a long holds.</summary>
    private const int MaxSizeDigits = 20;

    private readonly HashSet<string> _seen = [];

    /// <summary>SIZE=, or null; what a long cannot hold is its largest value.</summary>
    public long? Size { get; private set; }

    /// <summary>Whether BODY=BINARYMIME was given.</summary>
    public bool IsBinary { get; private set; }

    /// <summary>Whether SMTPUTF8 was given.</summary>
    public bool Utf8 { get; private set; }

    /// <summary>ENVID= decoded, or null.</summary>
    public string? EnvelopeId { get; private set; }

    /// <summary>Reads what follows the path; returns the reply to a fault, or null.</summary>
    public Reply? Parse(ReadOnlySpan<byte> input)
    {
        var reader = new ParameterReader(input);
        while (reader.Read())
        {
            var known = TryTake(reader, out var valid);
            if (!known)
            {
                return Replies.UnknownParameter(reader.KeywordText);
            }

            if (!_seen.Add(reader.KeywordText))
            {
                return Replies.RepeatedParameter(reader.KeywordText);
            }

            if (!valid)
            {
                return Replies.BadParameter(reader.KeywordText);
            }
        }

        return reader.IsMalformed ? Replies.MailSyntax : null;
    }

    private bool TryTake(in ParameterReader reader, out bool valid)
    {
        if (reader.Is("SIZE"u8))
        {
            valid = TryTakeSize(reader.Value);
        }
        else if (reader.Is("BODY"u8))
        {
            IsBinary = Ascii.EqualsIgnoreCase(reader.Value, "BINARYMIME"u8);
            valid = IsBinary || Ascii.EqualsIgnoreCase(reader.Value, "7BIT"u8) || Ascii.EqualsIgnoreCase(reader.Value, "8BITMIME"u8);
        }
        else if (reader.Is("SMTPUTF8"u8))
        {
            Utf8 = true;
            valid = !reader.HasValue;
        }
        else if (reader.Is("RET"u8))
        {
            valid = Ascii.EqualsIgnoreCase(reader.Value, "FULL"u8) || Ascii.EqualsIgnoreCase(reader.Value, "HDRS"u8);
        }
        else if (reader.Is("ENVID"u8))
        {
            EnvelopeId = Xtext.Decode(reader.Value);
            valid = reader.HasValue && EnvelopeId is not null;
        }
        else if (reader.Is("AUTH"u8))
        {
            // The submitter's identity is parsed because RFC 4954 section 5 asks for it, and not trusted.
            valid = reader.HasValue && Xtext.Decode(reader.Value) is not null;
        }
        else
        {
            valid = false;
            return false;
        }

        return true;
    }

    private bool TryTakeSize(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length > MaxSizeDigits || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        Size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : long.MaxValue;
        return true;
    }
}
