using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>Writes the IMAP envelope (RFC 3501 section 7.4.2) of a header.</summary>
internal static class Envelope
{
    public static void Write(ParsedHeader header, ImapStructure structure)
    {
        var envelope = structure.BeginList();
        WriteDate(header, structure);
        WriteSubject(header, structure);
        var from = structure.Position;
        WriteAddresses(Addresses(header, "from", structure), structure);
        WriteAddressesOr(from, Addresses(header, "sender", structure), structure);
        WriteAddressesOr(from, Addresses(header, "reply-to", structure), structure);
        WriteAddresses(Addresses(header, "to", structure), structure);
        WriteAddresses(Addresses(header, "cc", structure), structure);
        WriteAddresses(Addresses(header, "bcc", structure), structure);
        WriteLast(header, "in-reply-to", structure);
        WriteLast(header, "message-id", structure);
        structure.EndList(envelope);
    }

    /// <summary>The addresses; none when nothing more is wanted.</summary>
    private static IReadOnlyList<MailAddress> Addresses(ParsedHeader header, string name, ImapStructure structure) =>
        structure.IsFull ? [] : header.Addresses(name);

    private static void WriteLast(ParsedHeader header, string name, ImapStructure structure)
    {
        var start = structure.Texts.Length;
        header.AppendLast(name, structure.Texts);
        structure.EndTextOrNil(start);
    }

    private static void WriteDate(ParsedHeader header, ImapStructure structure)
    {
        if (!header.IsRepeated("date"))
        {
            WriteLast(header, "date", structure);
            return;
        }

        var list = structure.BeginList();
        foreach (var date in header.Texts("date"))
        {
            structure.Text(date);
        }

        structure.EndList(list);
    }

    private static void WriteSubject(ParsedHeader header, ImapStructure structure)
    {
        using var scratch = new ScratchText();
        var subject = scratch.Buffer;
        if (header.IsRepeated("subject"))
        {
            subject.Append(header.Texts("subject").LastOrDefault(static text => !Whitespace.Trim(text.AsSpan()).IsEmpty, ""));
        }
        else
        {
            header.AppendLast("subject", subject);
        }

        // The text is taken as bytes once more, which costs raw non-ASCII characters their meaning.
        var bytes = ArrayPool<byte>.Shared.Rent(subject.Length);
        var length = subject.Length;
        for (var index = 0; index < length; index++)
        {
            bytes[index] = (byte)subject.Text[index];
        }

        subject.Clear();
        subject.AppendUtf8(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        structure.Decoded(subject.Text, isTrimmed: true);
    }

    /// <summary>Writes addresses; those at a position once more when there are none.</summary>
    private static void WriteAddressesOr(int defaults, IReadOnlyList<MailAddress> addresses, ImapStructure structure)
    {
        if (addresses.Count > 0)
        {
            WriteAddresses(addresses, structure);
        }
        else
        {
            structure.Repeat(defaults);
        }
    }

    private static void WriteAddresses(IReadOnlyList<MailAddress> addresses, ImapStructure structure)
    {
        if (addresses.Count == 0)
        {
            structure.Nil();
            return;
        }

        var list = structure.BeginList();
        WriteEntries(addresses, structure);
        structure.EndList(list);
    }

    private static void WriteEntries(IReadOnlyList<MailAddress> addresses, ImapStructure structure)
    {
        for (var index = 0; index < addresses.Count && !structure.IsFull; index++)
        {
            var address = addresses[index];
            if (address.Group is null)
            {
                WriteAddress(address, structure);
                continue;
            }

            var begin = structure.BeginList();
            structure.Nil();
            structure.Nil();
            if (address.Name.Length == 0)
            {
                structure.Text("");
            }
            else
            {
                structure.Decoded(address.Name);
            }

            structure.Nil();
            structure.EndList(begin);
            WriteEntries(address.Group, structure);
            var end = structure.BeginList();
            structure.Nil();
            structure.Nil();
            structure.Nil();
            structure.Nil();
            structure.EndList(end);
        }
    }

    private static void WriteAddress(MailAddress entry, ImapStructure structure)
    {
        var address = entry.Address.AsSpan();
        var first = address.IndexOf('@');
        var host = address[(address.LastIndexOf('@') + 1)..];
        var list = structure.BeginList();
        DecodedOrNil(entry.Name, structure);
        structure.Nil();
        DecodedOrNil(first < 0 ? address : address[..first], structure);
        if (host.IsEmpty)
        {
            structure.Nil();
        }
        else
        {
            var start = structure.Texts.Length;
            Punycode.AppendUnicode(host, structure.Texts);
            structure.EndDecoded(start);
        }

        structure.EndList(list);
    }

    private static void DecodedOrNil(ReadOnlySpan<char> text, ImapStructure structure)
    {
        if (text.IsEmpty)
        {
            structure.Nil();
        }
        else
        {
            structure.Decoded(text);
        }
    }
}
