using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// Entries of address lists, one behind the other. Their texts stand in one buffer, so that an address leaves no object
/// behind, however many there are. The members of a group follow it.
/// </summary>
internal sealed class AddressTable : IDisposable
{
    private const int FirstEntries = 8;

    private Entry[] _entries = [];

    /// <summary>The texts of all entries.</summary>
    public TextBuffer Texts { get; } = new();

    /// <summary>An entry: where its name and address stand, and, of a group, the number of entries behind it that belong to it; else -1.</summary>
    public readonly record struct Entry(TextRange Name, TextRange Address, int Members)
    {
        /// <summary>Whether it is a group.</summary>
        public bool IsGroup => Members >= 0;
    }

    /// <summary>Whether there were more entries than a document can hold; not all of them are here then.</summary>
    public bool IsFull { get; set; }

    /// <summary>The number of entries, those of groups included.</summary>
    public int Count { get; private set; }

    public Entry this[int index] => _entries[index];

    public ReadOnlySpan<char> NameOf(int index) => Texts[_entries[index].Name];

    public ReadOnlySpan<char> AddressOf(int index) => Texts[_entries[index].Address];

    /// <summary>Adds an entry whose texts stand in <see cref="Texts"/>.</summary>
    public void Add(in Entry entry)
    {
        if (Count == _entries.Length)
        {
            var grown = ArrayPool<Entry>.Shared.Rent(Math.Max(FirstEntries, Count * 2));
            _entries.AsSpan(0, Count).CopyTo(grown);
            Return();
            _entries = grown;
        }

        _entries[Count++] = entry;
    }

    /// <summary>Appends a text for an entry that is to be added.</summary>
    public TextRange Append(ReadOnlySpan<char> text)
    {
        var start = Texts.Length;
        Texts.Append(text);
        return Texts.Since(start);
    }

    /// <summary>Adds an entry of another table.</summary>
    public void Copy(AddressTable other, int index) =>
        Add(new Entry(Append(other.NameOf(index)), Append(other.AddressOf(index)), other[index].Members));

    /// <summary>Forgets the entries from one on.</summary>
    public void CutAt(int count) => Count = count;

    /// <summary>Makes objects of the entries of a list.</summary>
    public MailAddress[] ToArray(int start, int end)
    {
        var addresses = new List<MailAddress>(end - start);
        for (var index = start; index < end; index++)
        {
            var entry = _entries[index];
            MailAddress[]? members = null;
            if (entry.IsGroup)
            {
                members = ToArray(index + 1, index + 1 + entry.Members);
                index += entry.Members;
            }

            addresses.Add(new MailAddress(Texts[entry.Name].ToString(), Texts[entry.Address].ToString(), members));
        }

        return [.. addresses];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        (_entries, Count, IsFull) = ([], 0, false);
        Texts.Dispose();
    }

    private void Return()
    {
        if (_entries.Length > 0)
        {
            ArrayPool<Entry>.Shared.Return(_entries);
        }
    }
}
