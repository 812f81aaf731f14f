namespace Lmtp.Server.Mime;

/// <summary>The items of a list in ENVELOPE or BODYSTRUCTURE, to be enumerated.</summary>
public ref struct ImapValueList
{
    private readonly ImapStructure _structure;
    private readonly int _end;
    private int _next;

    internal ImapValueList(ImapStructure structure, int list)
    {
        _structure = structure;
        _next = list + 1;
        _end = structure.EndOf(list);
        Current = default;
    }

    /// <summary>The item that was reached.</summary>
    public ImapValue Current { get; private set; }

    /// <summary>The enumerator, which is the list itself.</summary>
    public readonly ImapValueList GetEnumerator() => this;

    /// <summary>Goes on to the next item; false behind the last one.</summary>
    public bool MoveNext()
    {
        if (_next >= _end)
        {
            return false;
        }

        Current = new ImapValue(_structure, _next);
        _next = _structure.EndOf(_next);
        return true;
    }
}
