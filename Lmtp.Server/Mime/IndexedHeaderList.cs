using System.Collections;

namespace Lmtp.Server.Mime;

/// <summary>
/// The headers of one message that are searched and filtered by. Their texts stand in memory that goes back to a pool;
/// strings are made of them once, when somebody asks.
/// </summary>
internal sealed class IndexedHeaderList : IReadOnlyList<IndexedHeader>, IDisposable
{
    private Entry[] _entries = [];
    private IndexedHeader[]? _headers;

    private readonly record struct Entry(string Key, TextRange Value);

    /// <summary>The values.</summary>
    public TextBuffer Texts { get; } = new();

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public IndexedHeader this[int index] => (_headers ??= Create())[index];

    /// <summary>Adds a header whose value was appended to <see cref="Texts"/>.</summary>
    public void Add(string key, TextRange value)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(4, Count * 2));
        }

        _entries[Count++] = new Entry(key, value);
    }

    /// <inheritdoc/>
    public IEnumerator<IndexedHeader> GetEnumerator() => (_headers ??= Create()).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose() => Texts.Dispose();

    private IndexedHeader[] Create()
    {
        var headers = new IndexedHeader[Count];
        for (var index = 0; index < headers.Length; index++)
        {
            headers[index] = new IndexedHeader(_entries[index].Key, Texts[_entries[index].Value].ToString());
        }

        return headers;
    }
}
