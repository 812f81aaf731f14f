namespace Lmtp.Server.Mime;

/// <summary>
/// The entries of one address list in the order in which they come. Names without an address are held back: a display
/// name with a comma, not quoted, comes apart into such entries, and what follows decides whether they belong together.
/// </summary>
/// <param name="entries">Receives the entries.</param>
/// <param name="headerBytes">The size of the header that they stand in, which stands in the document too.</param>
internal ref struct AddressList(List<MailAddress> entries, int headerBytes) : IDisposable
{
    // Every entry takes 33 bytes of the document, besides its name and address.
    private const int LeastEntryBytes = 32;

    private const string Separator = ", ";

    private readonly List<MailAddress> _entries = entries;
    private string? _name;
    private readonly int _room = Math.Max(MessageIndexerOptions.MaxMongoDocumentBytes - headerBytes, 0);
    private TextBuffer? _names;
    private List<int>? _ends;

    /// <summary>Whether there is more than a document can hold, so that there is no need to go on.</summary>
    public readonly bool IsFull => HasMostEntries || (_names is not null && _names.Length > _room);

    private readonly bool HasMostEntries => _entries.Count > _room / LeastEntryBytes;

    /// <summary>Adds an entry.</summary>
    public void Add(MailAddress entry)
    {
        if (entry is { Address.Length: 0, Name.Length: > 0, Group: null })
        {
            AddName(entry.Name);
        }
        else if (_name is not null && entry is { Address.Length: > 0, Name.Length: > 0 })
        {
            _entries.Add(entry with { Name = _names is null ? _name + Separator + entry.Name : $"{_names.Text}{Separator}{entry.Name}" });
            Dispose();
        }
        else
        {
            End();
            _entries.Add(entry);
        }
    }

    /// <summary>Adds a name without an address.</summary>
    public void AddName(ReadOnlySpan<char> name)
    {
        if (_name is null)
        {
            _name = name.ToString();
            return;
        }

        if (_names is null)
        {
            _names = new TextBuffer();
            _names.Append(_name);
            _ends = [_names.Length];
        }

        _names.Append(Separator);
        _names.Append(name);
        _ends!.Add(_names.Length);
    }

    /// <summary>No address follows the names that were held back: each is an entry of its own.</summary>
    public void End()
    {
        if (_names is null)
        {
            if (_name is not null)
            {
                _entries.Add(new MailAddress(_name, ""));
            }
        }
        else
        {
            var start = 0;
            foreach (var end in _ends!)
            {
                if (HasMostEntries)
                {
                    break;
                }

                _entries.Add(new MailAddress(_names.Text[start..end].ToString(), ""));
                start = end + Separator.Length;
            }
        }

        Dispose();
    }

    /// <summary>Forgets what was held back.</summary>
    public void Dispose()
    {
        _names?.Dispose();
        (_name, _names, _ends) = (null, null, null);
    }
}
