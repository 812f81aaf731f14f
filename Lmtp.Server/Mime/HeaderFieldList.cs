using System.Collections;

namespace Lmtp.Server.Mime;

/// <summary>The header fields of one node in the order received. Valid as long as the message is.</summary>
public readonly record struct HeaderFieldList : IReadOnlyList<HeaderField>
{
    private readonly HeaderCollector _collector;
    private readonly int _first;

    internal HeaderFieldList(HeaderCollector collector, int first, int count)
    {
        _collector = collector;
        _first = first;
        Count = count;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public HeaderField this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _collector[_first + index];
        }
    }

    /// <inheritdoc/>
    public IEnumerator<HeaderField> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
