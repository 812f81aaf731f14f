using System.Collections;

namespace MimeKit;

/// <summary>Message ids without their angle brackets.</summary>
public class MessageIdList : IList<string>
{
    private readonly List<string> _ids = [];

    /// <inheritdoc />
    public int Count => _ids.Count;

    /// <inheritdoc />
    public bool IsReadOnly => false;

    internal Action? Changed { get; set; }

    /// <inheritdoc />
    public string this[int index]
    {
        get => _ids[index];
        set
        {
            _ids[index] = Checked(value);
            Changed?.Invoke();
        }
    }

    /// <inheritdoc />
    public void Add(string messageId) => Insert(Count, messageId);

    /// <summary>Adds ids.</summary>
    public void AddRange(IEnumerable<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _ids.AddRange(items.Select(Checked));
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public void Insert(int index, string messageId)
    {
        _ids.Insert(index, Checked(messageId));
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public bool Remove(string messageId)
    {
        var removed = _ids.Remove(messageId);
        if (removed)
        {
            Changed?.Invoke();
        }

        return removed;
    }

    /// <inheritdoc />
    public void RemoveAt(int index)
    {
        _ids.RemoveAt(index);
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public void Clear()
    {
        _ids.Clear();
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public bool Contains(string messageId) => _ids.Contains(messageId);

    /// <inheritdoc />
    public int IndexOf(string messageId) => _ids.IndexOf(messageId);

    /// <inheritdoc />
    public void CopyTo(string[] array, int arrayIndex) => _ids.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<string> GetEnumerator() => _ids.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', _ids.Select(static id => $"<{id}>"));

    /// <summary>Takes other ids without telling anybody.</summary>
    internal void Reset(IEnumerable<string> ids)
    {
        _ids.Clear();
        _ids.AddRange(ids);
    }

    private static string Checked(string messageId)
    {
        ArgumentNullException.ThrowIfNull(messageId);
        return Utils.MimeUtils.ParseMessageId(messageId) ?? throw new ArgumentException("This is no message id.", nameof(messageId));
    }
}
