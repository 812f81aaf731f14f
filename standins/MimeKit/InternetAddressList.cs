using System.Collections;
using System.Diagnostics.CodeAnalysis;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>Addresses in their order.</summary>
public class InternetAddressList : IList<InternetAddress>
{
    private readonly List<InternetAddress> _addresses = [];

    /// <summary>Makes an empty list.</summary>
    public InternetAddressList()
    {
    }

    /// <summary>Makes a list.</summary>
    public InternetAddressList(IEnumerable<InternetAddress> addresses) => AddRange(addresses);

    /// <summary>The mailboxes, those of groups included.</summary>
    public IEnumerable<MailboxAddress> Mailboxes => _addresses.SelectMany(static address => address switch
    {
        MailboxAddress mailbox => [mailbox],
        GroupAddress group => group.Members.Mailboxes,
        _ => [],
    });

    /// <inheritdoc />
    public int Count => _addresses.Count;

    /// <inheritdoc />
    public bool IsReadOnly => false;

    internal Action? Changed { get; set; }

    /// <inheritdoc />
    public InternetAddress this[int index]
    {
        get => _addresses[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _addresses[index].Changed = null;
            _addresses[index] = Attach(value);
            Changed?.Invoke();
        }
    }

    /// <summary>Reads a list of addresses.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out InternetAddressList? addresses)
    {
        addresses = text is not null && AddressReader.ReadStrict(text) is { Count: > 0 } found ? new InternetAddressList(found) : null;
        return addresses is not null;
    }

    /// <inheritdoc />
    public void Add(InternetAddress address) => Insert(Count, address);

    /// <summary>Adds addresses.</summary>
    public void AddRange(IEnumerable<InternetAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        _addresses.AddRange(addresses.Select(Attach));
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public void Insert(int index, InternetAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _addresses.Insert(index, Attach(address));
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public bool Remove(InternetAddress address)
    {
        var index = _addresses.IndexOf(address);
        if (index < 0)
        {
            return false;
        }

        RemoveAt(index);
        return true;
    }

    /// <inheritdoc />
    public void RemoveAt(int index)
    {
        _addresses[index].Changed = null;
        _addresses.RemoveAt(index);
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public void Clear()
    {
        Reset([]);
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public bool Contains(InternetAddress address) => _addresses.Contains(address);

    /// <inheritdoc />
    public int IndexOf(InternetAddress address) => _addresses.IndexOf(address);

    /// <inheritdoc />
    public void CopyTo(InternetAddress[] array, int arrayIndex) => _addresses.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<InternetAddress> GetEnumerator() => _addresses.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override string ToString() => string.Join(", ", _addresses);

    /// <summary>Takes other addresses without telling anybody.</summary>
    internal void Reset(IEnumerable<InternetAddress> addresses)
    {
        _addresses.ForEach(static address => address.Changed = null);
        _addresses.Clear();
        _addresses.AddRange(addresses.Select(Attach));
    }

    private InternetAddress Attach(InternetAddress address)
    {
        address.Changed = () => Changed?.Invoke();
        return address;
    }
}
