namespace Lmtp.Server.Mime;

/// <summary>
/// The entries of one address list in the order in which they come. Names without an address are held back: a display
/// name with a comma, not quoted, comes apart into such entries, and what follows decides whether they belong together.
/// </summary>
/// <param name="table">Receives the entries.</param>
/// <param name="headerBytes">The size of the header that they stand in, which stands in the document too.</param>
internal struct AddressList(AddressTable table, int headerBytes)
{
    // Every entry takes 33 bytes of the document, besides its name and address.
    private const int LeastEntryBytes = 32;

    private const string Separator = ", ";

    private readonly int _room = Math.Max(MessageIndexerOptions.MaxMongoDocumentBytes - headerBytes, 0);

    private readonly int _most = Math.Max(MessageIndexerOptions.MaxMongoDocumentBytes - headerBytes, 0) / LeastEntryBytes;

    // Names that are held back are entries already, the text of the second one directly behind that of the first. Of more
    // than a document can hold, only the texts are kept, because they may still become one name.
    private int _held;

    /// <summary>Whether there is more than a document can hold, so that there is no need to go on.</summary>
    public readonly bool IsFull => table.Count - _held > _most || (_held > 1 && HeldLength > _room);

    private readonly int HeldStart => table[table.Count - _held].Name.Start;

    private readonly int HeldLength => table.Texts.Length - HeldStart;

    /// <summary>Adds an entry that is no group.</summary>
    public void Add(ReadOnlySpan<char> name, ReadOnlySpan<char> address)
    {
        if (address.IsEmpty && !name.IsEmpty)
        {
            AddName(name);
            return;
        }

        var start = table.Texts.Length;
        if (_held > 0 && !address.IsEmpty && !name.IsEmpty)
        {
            start = HeldStart;
            table.CutAt(table.Count - _held);
            table.Texts.Append(Separator);
        }

        _held = 0;
        table.Texts.Append(name);
        var range = table.Texts.Since(start);
        table.Add(new AddressTable.Entry(range, table.Append(address), Members: -1));
    }

    /// <summary>Adds a group.</summary>
    public void AddGroup(ReadOnlySpan<char> name, AddressTable? members)
    {
        _held = 0;
        table.Add(new AddressTable.Entry(table.Append(name), default, members?.Count ?? 0));
        for (var index = 0; index < members?.Count; index++)
        {
            table.Copy(members, index);
        }
    }

    /// <summary>Adds a name without an address.</summary>
    public void AddName(ReadOnlySpan<char> name)
    {
        if (_held > 0)
        {
            table.Texts.Append(Separator);
        }

        var text = table.Append(name);
        if (_held <= _most)
        {
            _held++;
            table.Add(new AddressTable.Entry(text, default, Members: -1));
        }
    }

    /// <summary>The list has ended: names that are held back are entries.</summary>
    public void End()
    {
        table.IsFull |= IsFull || table.Count > _most;
        _held = 0;
    }
}
