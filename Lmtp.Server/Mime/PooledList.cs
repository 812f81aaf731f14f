using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>A list in memory that goes back to a pool.</summary>
/// <typeparam name="T">What it holds; nothing that refers to objects, because the memory is not cleared.</typeparam>
/// <param name="capacity">How many items the first memory that is rented has room for.</param>
internal sealed class PooledList<T>(int capacity) : IDisposable
    where T : unmanaged
{
    private T[] _items = [];

    /// <summary>The number of items.</summary>
    public int Count { get; private set; }

    /// <summary>How many items there is room for without more memory.</summary>
    public int Capacity => _items.Length;

    /// <summary>An item, to be read or changed until another one is added.</summary>
    public ref T this[int index] => ref _items.AsSpan(0, Count)[index];

    public void Add(in T item)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[Count++] = item;
    }

    public void RemoveLast() => Count--;

    public void Clear() => Count = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        (_items, Count) = ([], 0);
    }

    private void Grow()
    {
        var grown = ArrayPool<T>.Shared.Rent(Math.Max(capacity, Count * 2));
        _items.AsSpan(0, Count).CopyTo(grown);
        Return();
        _items = grown;
    }

    private void Return()
    {
        if (_items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(_items);
        }
    }
}
