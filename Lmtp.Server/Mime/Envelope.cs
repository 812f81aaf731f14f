using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>Writes the IMAP envelope (RFC 3501 section 7.4.2) of a header.</summary>
internal static class Envelope
{
    /// <param name="header">The header.</param>
    /// <param name="addresses">Receives the addresses in it.</param>
    /// <param name="structure">Receives the envelope.</param>
    public static void Write(ParsedHeader header, AddressTable addresses, ImapStructure structure)
    {
        var envelope = structure.BeginList();
        WriteDate(header, structure);
        WriteSubject(header, structure);
        var from = structure.Position;
        WriteAddresses(header, "from", addresses, structure);
        WriteAddressesOr(from, header, "sender", addresses, structure);
        WriteAddressesOr(from, header, "reply-to", addresses, structure);
        WriteAddresses(header, "to", addresses, structure);
        WriteAddresses(header, "cc", addresses, structure);
        WriteAddresses(header, "bcc", addresses, structure);
        WriteLast(header, "in-reply-to", structure);
        WriteLast(header, "message-id", structure);
        structure.EndList(envelope);
    }

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
    private static void WriteAddressesOr(
        int defaults, ParsedHeader header, string name, AddressTable addresses, ImapStructure structure)
    {
        if (!TryWriteAddresses(header, name, addresses, structure))
        {
            structure.Repeat(defaults);
        }
    }

    private static void WriteAddresses(ParsedHeader header, string name, AddressTable addresses, ImapStructure structure)
    {
        if (!TryWriteAddresses(header, name, addresses, structure))
        {
            structure.Nil();
        }
    }

    private static bool TryWriteAddresses(ParsedHeader header, string name, AddressTable addresses, ImapStructure structure)
    {
        // When there is more than a document can hold, no more is wanted.
        var (start, end) = structure.IsFull ? default : header.ParseAddresses(name, addresses);
        if (start == end)
        {
            return false;
        }

        var list = structure.BeginList();
        WriteEntries(addresses, start, end, structure);
        structure.EndList(list);
        return true;
    }

    private static void WriteEntries(AddressTable addresses, int start, int end, ImapStructure structure)
    {
        for (var index = start; index < end && !structure.IsFull; index++)
        {
            var entry = addresses[index];
            if (!entry.IsGroup)
            {
                WriteAddress(addresses.NameOf(index), addresses.AddressOf(index), structure);
                continue;
            }

            var begin = structure.BeginList();
            structure.Nil();
            structure.Nil();
            if (addresses.NameOf(index).IsEmpty)
            {
                structure.Text("");
            }
            else
            {
                structure.Decoded(addresses.NameOf(index));
            }

            structure.Nil();
            structure.EndList(begin);
            WriteEntries(addresses, index + 1, index + 1 + entry.Members, structure);
            index += entry.Members;
            var last = structure.BeginList();
            structure.Nil();
            structure.Nil();
            structure.Nil();
            structure.Nil();
            structure.EndList(last);
        }
    }

    private static void WriteAddress(ReadOnlySpan<char> name, ReadOnlySpan<char> address, ImapStructure structure)
    {
        var first = address.IndexOf('@');
        var host = address[(address.LastIndexOf('@') + 1)..];
        var list = structure.BeginList();
        DecodedOrNil(name, structure);
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
