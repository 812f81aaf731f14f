using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Users;

/// <summary>
/// The part of a list of any length that is kept: the pages in sight and their neighbours. Of all others only where they
/// begin is known, so that they can be read again.
/// </summary>
/// <param name="read">Reads the page that begins at a cursor.</param>
internal sealed class UserWindow(Func<string?, CancellationToken, Task<PageResponse<UserResponse>>> read)
{
    /// <summary>Users on a page; a page may have fewer.</summary>
    public const int PageSize = 50;

    private readonly SortedDictionary<int, IReadOnlyList<UserResponse>> _pages = [];
    private readonly List<(string? Cursor, int Size)> _known = [(null, PageSize)];
    private bool _isWhole;

    /// <summary>The users that are kept, without a gap.</summary>
    public IEnumerable<UserResponse> Users => _pages.Values.SelectMany(static users => users).DistinctBy(static user => user.Id);

    /// <summary>How many users stand before those that are kept.</summary>
    public int RowsBefore => _pages.Count == 0 ? 0 : _known.Take(_pages.Keys.First()).Sum(static page => page.Size);

    /// <summary>How many users are known to stand behind them.</summary>
    public int RowsAfter => _pages.Count == 0 ? 0 : _known.Skip(_pages.Keys.Last() + 1).Sum(static page => page.Size);

    /// <summary>Whether there is nobody at all.</summary>
    public bool IsEmpty => _isWhole && _known.Count == 1 && _pages is { Count: 1 } && _pages[0].Count == 0;

    /// <summary>Whether anything has been read.</summary>
    public bool IsRead => _pages.Count > 0;

    /// <summary>Begins with a first page that was read before.</summary>
    public void Start(PageResponse<UserResponse> first) => Keep(0, first);

    /// <summary>Keeps the pages of some rows and their neighbours; true when that changed anything.</summary>
    /// <param name="first">The first row in sight.</param>
    /// <param name="last">The last row in sight.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> ShowAsync(int first, int last, CancellationToken cancellationToken)
    {
        var from = Math.Max(PageOf(first) - 1, 0);
        var to = PageOf(last) + 1;
        var isChanged = false;
        for (var page = from; page <= to && page < _known.Count; page++)
        {
            if (!_pages.ContainsKey(page))
            {
                Keep(page, await read(_known[page].Cursor, cancellationToken));
                isChanged = true;
            }
        }

        foreach (var page in _pages.Keys.Where(page => page < from || page > to).ToList())
        {
            isChanged |= _pages.Remove(page);
        }

        return isChanged;
    }

    /// <summary>Puts a user in the place of its former state.</summary>
    public void Replace(UserResponse user)
    {
        foreach (var (page, users) in _pages)
        {
            if (users.Any(other => other.Id == user.Id))
            {
                _pages[page] = [.. users.Select(other => other.Id == user.Id ? user : other)];
                return;
            }
        }
    }

    private int PageOf(int row)
    {
        var page = 0;
        while (page < _known.Count - 1 && row >= _known[page].Size)
        {
            row -= _known[page].Size;
            page++;
        }

        return page;
    }

    private void Keep(int page, PageResponse<UserResponse> users)
    {
        _pages[page] = users.Items;
        _known[page] = (_known[page].Cursor, users.Items.Count);
        _isWhole |= users.NextCursor is null;
        if (users.NextCursor is not null && _known.Count == page + 1)
        {
            _known.Add((users.NextCursor, PageSize));
        }
    }
}
