using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// Goes through an address list once and deals its pieces out to entries: words, quoted strings, comments, what stands
/// in angle brackets, and groups. Whatever is opened and not closed reaches to the end.
/// </summary>
/// <param name="text">The list.</param>
/// <param name="depth">How many groups it stands in.</param>
/// <param name="entries">Receives the entries.</param>
internal ref struct AddressListReader(ReadOnlySpan<char> text, int depth, AddressList entries)
{
    // Between entries, these are nothing.
    private const string Separators = ",; ";

    private const string Spaces = " \t\r\n";

    private static readonly SearchValues<char> LiteralEnds = SearchValues.Create("],;");

    private ReadOnlySpan<char> _rest = text;
    private AddressList _entries = entries;
    private readonly AddressEntry _entry = AddressEntry.Rent(depth);
    private readonly bool _hasControls = depth == 0 && AddressSearch.HasControls(text);

    /// <summary>Reads the whole list.</summary>
    public void Read()
    {
        while (!_rest.IsEmpty && !_entries.IsFull)
        {
            if (!_entry.HasBegun)
            {
                // White space around what becomes of a piece goes.
                _rest = _rest.TrimStart(Spaces);
                if (TryTakePlain())
                {
                    continue;
                }
            }

            if (!AddressSearch.IsOpener(_rest[0]) && PlainLength() is > 0 and var length)
            {
                TakeText(_rest[..length]);
                _rest = _rest[length..];
            }

            if (!_rest.IsEmpty)
            {
                TakeOperator();
            }
        }

        EndEntry();
        _entries.End();
        _entry.Dispose();
    }

    /// <summary>Takes an entry that is nothing but an address or a name, with what separates it from the next one.</summary>
    private bool TryTakePlain()
    {
        var end = AddressSearch.IndexOfPlainEnd(_rest);
        if (end >= 0 && _rest[end] is not (',' or ';'))
        {
            return false;
        }

        var piece = Whitespace.Trim(end < 0 ? _rest : _rest[..end]);
        if (!piece.Contains('@'))
        {
            if (!piece.IsEmpty)
            {
                _entries.AddName(piece);
            }
        }
        else if (AddressSpec.IsStrict(piece))
        {
            _entries.Add("", piece);
        }
        else
        {
            return false;
        }

        _rest = end < 0 ? [] : _rest[(end + 1)..].TrimStart(Separators);
        return true;
    }

    /// <summary>The length of the text before the next operator. Inside a domain literal, operators are text.</summary>
    private readonly int PlainLength()
    {
        var length = 0;
        while (true)
        {
            var next = AddressSearch.IndexOfOpener(_rest[length..]);
            if (next < 0)
            {
                return _rest.Length;
            }

            length += next;
            if (_rest[length] != '[')
            {
                return length;
            }

            var end = _rest[(length + 1)..].IndexOfAny(LiteralEnds);
            if (end < 0)
            {
                return _rest.Length;
            }

            length += end + 1;
            if (_rest[length] != ']')
            {
                return length;
            }

            length++;
        }
    }

    private void TakeOperator()
    {
        var opener = _rest[0];
        _rest = _rest[1..];
        switch (opener)
        {
            case '"':
                _entry.Open(AddressPart.QuotedString);
                TakeQuotedString();
                break;
            case '(':
                _entry.Open(AddressPart.Comment);
                TakeUpTo(')');
                break;
            case '<':
                _entry.Open(AddressPart.Bracket);
                TakeUpTo('>');
                break;
            case ':':
                _entry.Open(AddressPart.Group);
                TakeUpTo(';');
                break;
            default:
                EndEntry();
                break;
        }
    }

    private void TakeUpTo(char closer) => TakeUpTo(AddressSearch.IndexOf(_rest, closer));

    /// <summary>Takes what stands before the end of the part that is open; all that is left when it is never closed.</summary>
    private void TakeUpTo(int end)
    {
        TakeText(end < 0 ? _rest : _rest[..end]);
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        if (end >= 0)
        {
            Close();
        }
    }

    /// <summary>Ends what is open; the end of a group is also the end of the entry.</summary>
    private void Close()
    {
        if (_entry.Part == AddressPart.Group)
        {
            EndEntry();
        }
        else
        {
            _entry.Close(isFollowed: !_rest.IsEmpty && _rest[0] is not (' ' or '\t' or '\r' or '\n' or ',' or ';'));
        }
    }

    private void TakeQuotedString()
    {
        var end = AddressSearch.IndexOfQuoteOrEscape(_rest);
        if (end >= 0 && _rest[end] == '\\')
        {
            TakeEscaped();
        }
        else
        {
            TakeUpTo(end);
        }
    }

    /// <summary>Takes a quoted string in which backslashes stand.</summary>
    private void TakeEscaped()
    {
        using var unescaped = new TextBuffer();
        var end = _rest.IndexOfAny('"', '\\');
        while (end >= 0 && _rest[end] == '\\')
        {
            var behind = Math.Min(end + 2, _rest.Length);
            unescaped.Append(_rest[..end]);
            unescaped.Append(_rest[(end + 1)..behind]);
            _rest = _rest[behind..];
            end = _rest.IndexOfAny('"', '\\');
        }

        unescaped.Append(end < 0 ? _rest : _rest[..end]);
        TakeText(unescaped.Text);
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        if (end >= 0)
        {
            Close();
        }
    }

    private void TakeText(ReadOnlySpan<char> piece)
    {
        if (!_hasControls || !AddressSearch.HasControls(piece))
        {
            Add(piece);
            return;
        }

        using var cleaned = new ScratchText();
        foreach (var character in piece)
        {
            if (character == '\n')
            {
                cleaned.Buffer.Append(' ');
            }
            else if (character >= ' ' || character == '\t')
            {
                cleaned.Buffer.Append(character);
            }
        }

        Add(cleaned.Buffer.Text);
    }

    private void Add(ReadOnlySpan<char> piece)
    {
        piece = Whitespace.Trim(piece);
        if (!piece.IsEmpty)
        {
            _entry.Add(piece);
        }
    }

    private void EndEntry()
    {
        if (_entry.HasBegun)
        {
            _entry.Finish(ref _entries);
        }
    }
}
