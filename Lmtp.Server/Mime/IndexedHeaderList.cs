using System.Buffers;
using System.Collections;

namespace Lmtp.Server.Mime;

/// <summary>
/// The headers of one message that are searched and filtered by. Their texts stand in memory that goes back to a pool;
/// strings are made of them once, when somebody asks.
/// </summary>
/// <param name="texts">Receives the values.</param>
internal sealed class IndexedHeaderList(TextBuffer texts) : IReadOnlyList<IndexedHeader>, IDisposable
{
    private const int FirstEntries = 16;

    private Entry[] _entries = [];
    private IndexedHeader[]? _headers;

    private readonly record struct Entry(string Key, TextRange Value);

    /// <summary>The values.</summary>
    public TextBuffer Texts => texts;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public IndexedHeader this[int index] => (_headers ??= Create())[index];

    /// <summary>Adds a header whose value was appended to <see cref="Texts"/>.</summary>
    public void Add(string key, TextRange value)
    {
        if (Count == _entries.Length)
        {
            var grown = ArrayPool<Entry>.Shared.Rent(Math.Max(FirstEntries, Count * 2));
            _entries.AsSpan(0, Count).CopyTo(grown);
            Return();
            _entries = grown;
        }

        _entries[Count++] = new Entry(key, value);
    }

    /// <inheritdoc/>
    public IEnumerator<IndexedHeader> GetEnumerator() => (_headers ??= Create()).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        _entries = [];
        Count = 0;
    }

    private void Return()
    {
        if (_entries.Length > 0)
        {
            ArrayPool<Entry>.Shared.Return(_entries, clearArray: true);
        }
    }

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
