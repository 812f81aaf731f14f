namespace Lmtp.Admin.Components.Parts;

/// <summary>
/// What a page searches for, kept in its address as well, so that it survives a reload and can be passed on. The browser
/// confirms each address later, perhaps when the next search has begun: what the page wrote itself is not taken back from
/// there, whereas an address that it did not write, such as a link to the same page, counts.
/// </summary>
/// <typeparam name="T">The search; equal searches find the same.</typeparam>
/// <param name="write">Shows a search in the address, without a new entry in the browser's history.</param>
public sealed class AddressedSearch<T>(Func<T, Task> write)
    where T : struct, IEquatable<T>
{
    private readonly List<T> _unconfirmed = [];
    private T? _address;

    /// <summary>Notes the page's own search, and shows it in the address.</summary>
    /// <param name="search">What is searched for from now on.</param>
    public Task WriteAsync(T search)
    {
        if (search.Equals(Latest))
        {
            return Task.CompletedTask;
        }

        _unconfirmed.Add(search);
        return write(search);
    }

    /// <summary>Takes what the address says now; true when the page must search for it.</summary>
    /// <param name="search">The search of the address.</param>
    public bool Read(T search)
    {
        if (search.Equals(_address))
        {
            return false;
        }

        _address = search;
        var written = _unconfirmed.IndexOf(search);
        _unconfirmed.RemoveRange(0, written < 0 ? _unconfirmed.Count : written + 1);
        return written < 0;
    }

    private T? Latest => _unconfirmed.Count > 0 ? _unconfirmed[^1] : _address;
}
