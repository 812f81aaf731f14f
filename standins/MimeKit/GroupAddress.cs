using System.Text;

namespace MimeKit;

/// <summary>A named group of addresses.</summary>
public class GroupAddress : InternetAddress
{
    /// <summary>Makes an empty group.</summary>
    public GroupAddress(string? name)
        : base(Encoding.UTF8, name)
    {
        Members.Changed = OnChanged;
    }

    /// <summary>Makes a group.</summary>
    public GroupAddress(string? name, IEnumerable<InternetAddress> addresses)
        : this(name) => Members.AddRange(addresses);

    /// <summary>The addresses of the group.</summary>
    public InternetAddressList Members { get; } = [];

    /// <inheritdoc />
    public override string ToString(FormatOptions options, bool encode)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Join(options, encode);
    }
}
