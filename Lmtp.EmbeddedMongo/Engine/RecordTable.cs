namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>
/// Where each record of a collection is: eight bytes a record. Read without a lock, written by one writer at a time.
/// Pages whose records are all gone are given back.
/// </summary>
internal sealed class RecordTable
{
    private const int PageBits = 10;

    /// <summary>How many records a page has.</summary>
    public const int PageSize = 1 << PageBits;

    private Page?[] _pages = new Page?[1];

    /// <summary>How many records there are.</summary>
    public long Count { get; private set; }

    /// <summary>The lowest record id that was never used.</summary>
    public long NextId { get; private set; } = 1;

    /// <summary>Where a record is.</summary>
    public RecordLocation this[RecordId id]
    {
        get
        {
            Page?[] pages = Volatile.Read(ref _pages);
            long page = id.Value >> PageBits;
            return page < pages.Length && Volatile.Read(ref pages[page]) is { } found
                ? new RecordLocation(Volatile.Read(ref found.Slots[id.Value & (PageSize - 1)]))
                : default;
        }
    }

    /// <summary>Sets where a record is.</summary>
    /// <param name="id">The record.</param>
    /// <param name="location">The place; none to remove the record.</param>
    public void Set(RecordId id, RecordLocation location)
    {
        NextId = Math.Max(NextId, id.Value + 1);
        int index = (int)(id.Value >> PageBits);
        if (location.IsNone && this[id].IsNone)
        {
            return;
        }

        Page page = EnsurePage(index);
        ref ulong slot = ref page.Slots[id.Value & (PageSize - 1)];
        int change = (location.IsNone ? 0 : 1) - (slot == 0 ? 0 : 1);
        Volatile.Write(ref slot, location.Packed);
        page.Count += change;
        Count += change;
        if (page.Count == 0)
        {
            Volatile.Write(ref _pages[index], null);
        }
    }

    /// <summary>Takes the next record id.</summary>
    public RecordId Allocate() => new(NextId++);

    /// <summary>Keeps record ids below a limit from being used.</summary>
    public void ReserveBelow(long nextId) => NextId = Math.Max(NextId, nextId);

    /// <summary>The next record in the order of insertion.</summary>
    /// <param name="after">Where to go on from; 0 for the first.</param>
    /// <returns>The record's id, null at the end.</returns>
    public RecordId? Next(long after)
    {
        for (long id = after + 1; id < NextId; id++)
        {
            if (PageOf(id) is not { } page)
            {
                id |= PageSize - 1;
            }
            else if (Volatile.Read(ref page.Slots[id & (PageSize - 1)]) != 0)
            {
                return new RecordId(id);
            }
        }

        return null;
    }

    /// <summary>The next record against the order of insertion.</summary>
    /// <param name="before">Where to go on from; <see cref="long.MaxValue"/> for the last.</param>
    /// <returns>The record's id, null at the end.</returns>
    public RecordId? Previous(long before)
    {
        for (long id = Math.Min(before, NextId) - 1; id > 0; id--)
        {
            if (PageOf(id) is not { } page)
            {
                id &= ~(long)(PageSize - 1);
            }
            else if (Volatile.Read(ref page.Slots[id & (PageSize - 1)]) != 0)
            {
                return new RecordId(id);
            }
        }

        return null;
    }

    /// <summary>The pages, for a checkpoint; they change while it is written.</summary>
    public IEnumerable<(int Number, ulong[] Slots)> Pages()
    {
        Page?[] pages = Volatile.Read(ref _pages);
        for (int i = 0; i < pages.Length; i++)
        {
            if (Volatile.Read(ref pages[i]) is { } page)
            {
                yield return (i, page.Slots);
            }
        }
    }

    /// <summary>Sets a page as a checkpoint has it.</summary>
    public void RestorePage(int number, ReadOnlySpan<ulong> slots)
    {
        Page page = EnsurePage(number);
        slots.CopyTo(page.Slots);
        page.Count = PageSize - slots.Count(0UL);
        Count += page.Count;
    }

    private Page? PageOf(long id)
    {
        Page?[] pages = Volatile.Read(ref _pages);
        long index = id >> PageBits;
        return index < pages.Length ? Volatile.Read(ref pages[index]) : null;
    }

    private Page EnsurePage(int index)
    {
        Page?[] pages = _pages;
        if (index >= pages.Length)
        {
            Array.Resize(ref pages, Math.Max(pages.Length * 2, index + 1));
            Volatile.Write(ref _pages, pages);
        }

        if (pages[index] is { } page)
        {
            return page;
        }

        Page added = new();
        Volatile.Write(ref pages[index], added);
        return added;
    }

    private sealed class Page
    {
        public ulong[] Slots { get; } = new ulong[PageSize];

        public int Count { get; set; }
    }
}
