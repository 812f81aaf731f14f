using System.Collections;
using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>The header fields of a message or part, in their order.</summary>
public sealed class HeaderList : IList<Header>
{
    private readonly List<Header> _headers = [];
    private readonly Action<Header> _headerChanged;

    /// <summary>Makes an empty list.</summary>
    public HeaderList() => _headerChanged = header => Changed?.Invoke(header.Id);

    /// <inheritdoc />
    public int Count => _headers.Count;

    /// <inheritdoc />
    public bool IsReadOnly => false;

    /// <summary>Tells which field was touched; <see cref="HeaderId.Unknown"/> also stands for several.</summary>
    internal Action<HeaderId>? Changed { get; set; }

    /// <inheritdoc />
    public Header this[int index]
    {
        get => _headers[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Detach(_headers[index]);
            _headers[index] = Attach(value);
            Changed?.Invoke(value.Id);
        }
    }

    /// <summary>The value of the first field of that name; null when there is none. Setting it replaces all of them.</summary>
    public string? this[HeaderId id]
    {
        get => Find(id)?.Value;
        set => this[HeaderNames.ToName(id)] = value;
    }

    /// <summary>The value of the first field of that name; null when there is none. Setting it replaces all of them.</summary>
    public string? this[string field]
    {
        get => IndexOf(field) is var index and >= 0 ? _headers[index].Value : null;
        set
        {
            if (value is null)
            {
                RemoveAll(field);
            }
            else
            {
                Replace(field, value);
            }
        }
    }

    /// <summary>Adds a field.</summary>
    public void Add(HeaderId id, string value) => Add(new Header(id, value));

    /// <summary>Adds a field.</summary>
    public void Add(string field, string value) => Add(new Header(field, value));

    /// <summary>Adds a field.</summary>
    public void Add(HeaderId id, Encoding encoding, string value) => Add(new Header(encoding, id, value));

    /// <summary>Adds a field.</summary>
    public void Add(string field, Encoding encoding, string value) => Add(new Header(encoding, field, value));

    /// <inheritdoc />
    public void Add(Header header) => Insert(_headers.Count, header);

    /// <summary>Whether there is such a field.</summary>
    public bool Contains(HeaderId id) => Find(id) is not null;

    /// <summary>Whether there is such a field.</summary>
    public bool Contains(string field) => IndexOf(field) >= 0;

    /// <inheritdoc />
    public bool Contains(Header header) => _headers.Contains(header);

    /// <summary>Where the first such field is; -1 when there is none.</summary>
    public int IndexOf(HeaderId id) => _headers.FindIndex(header => header.Id == id);

    /// <summary>Where the first such field is; -1 when there is none.</summary>
    public int IndexOf(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _headers.FindIndex(header => header.Field.Equals(field, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc />
    public int IndexOf(Header header) => _headers.IndexOf(header);

    /// <summary>Puts a field before the one at that place.</summary>
    public void Insert(int index, HeaderId id, string value) => Insert(index, new Header(id, value));

    /// <summary>Puts a field before the one at that place.</summary>
    public void Insert(int index, string field, string value) => Insert(index, new Header(field, value));

    /// <inheritdoc />
    public void Insert(int index, Header header)
    {
        ArgumentNullException.ThrowIfNull(header);
        _headers.Insert(index, Attach(header));
        Changed?.Invoke(header.Id);
    }

    /// <summary>Removes the first such field.</summary>
    public bool Remove(HeaderId id) => RemoveFirst(IndexOf(id));

    /// <summary>Removes the first such field.</summary>
    public bool Remove(string field) => RemoveFirst(IndexOf(field));

    /// <inheritdoc />
    public bool Remove(Header header) => RemoveFirst(_headers.IndexOf(header));

    /// <summary>Removes all such fields.</summary>
    public void RemoveAll(HeaderId id) => RemoveAll(HeaderNames.ToName(id));

    /// <summary>Removes all such fields.</summary>
    public void RemoveAll(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (_headers.RemoveAll(header => header.Field.Equals(field, StringComparison.OrdinalIgnoreCase)) > 0)
        {
            Changed?.Invoke(HeaderNames.ToId(field));
        }
    }

    /// <inheritdoc />
    public void RemoveAt(int index)
    {
        var header = _headers[index];
        Detach(header);
        _headers.RemoveAt(index);
        Changed?.Invoke(header.Id);
    }

    /// <summary>Puts the value in place of all such fields.</summary>
    public void Replace(HeaderId id, string value) => Replace(new Header(id, value));

    /// <summary>Puts the value in place of all such fields.</summary>
    public void Replace(string field, string value) => Replace(new Header(field, value));

    /// <summary>Puts the field in place of all of its name; at the end when there are none.</summary>
    public void Replace(Header header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var index = IndexOf(header.Field);
        if (index < 0)
        {
            Add(header);
            return;
        }

        for (var i = _headers.Count - 1; i > index; i--)
        {
            if (_headers[i].Field.Equals(header.Field, StringComparison.OrdinalIgnoreCase))
            {
                Detach(_headers[i]);
                _headers.RemoveAt(i);
            }
        }

        this[index] = header;
    }

    /// <inheritdoc />
    public void Clear()
    {
        _headers.ForEach(Detach);
        _headers.Clear();
        Changed?.Invoke(HeaderId.Unknown);
    }

    /// <inheritdoc />
    public void CopyTo(Header[] array, int arrayIndex) => _headers.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<Header> GetEnumerator() => _headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Header? Find(HeaderId id) => IndexOf(id) is var index and >= 0 ? _headers[index] : null;

    /// <summary>Adds what was read, of which nobody is told.</summary>
    internal void AddRead(Header header) => _headers.Add(Attach(header));

    private static void Detach(Header header) => header.Changed = null;

    private Header Attach(Header header)
    {
        header.Changed = _headerChanged;
        return header;
    }

    private bool RemoveFirst(int index)
    {
        if (index < 0)
        {
            return false;
        }

        RemoveAt(index);
        return true;
    }
}
