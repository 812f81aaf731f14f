using System.Diagnostics.CodeAnalysis;
using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>The address of a mailbox with the name of its owner.</summary>
public class MailboxAddress : InternetAddress
{
    private string _address;

    /// <summary>Makes an address.</summary>
    public MailboxAddress(Encoding encoding, string? name, string address)
        : base(encoding, name)
    {
        _address = Checked(address);
    }

    /// <summary>Makes an address.</summary>
    public MailboxAddress(string? name, string address)
        : this(Encoding.UTF8, name, address)
    {
    }

    internal MailboxAddress(string? name, AddrSpec address)
        : base(Encoding.UTF8, name) => _address = address.Text;

    /// <summary>The address itself.</summary>
    public string Address
    {
        get => _address;
        set
        {
            _address = Checked(value);
            OnChanged();
        }
    }

    /// <summary>The part before the at sign.</summary>
    public string LocalPart => _address.LastIndexOf('@') is var at and >= 0 ? _address[..at] : _address;

    /// <summary>The part behind the at sign; empty when there is none.</summary>
    public string Domain => _address.LastIndexOf('@') is var at and >= 0 ? _address[(at + 1)..] : string.Empty;

    /// <summary>Whether the address has characters that ASCII lacks.</summary>
    public bool IsInternational => !Ascii.IsValid(_address);

    /// <summary>Reads one address.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MailboxAddress? mailbox)
    {
        mailbox = text is not null && AddressReader.ReadStrict(text) is [MailboxAddress only] ? only : null;
        return mailbox is not null;
    }

    /// <summary>Reads one address.</summary>
    public static MailboxAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var mailbox) ? mailbox : throw new ParseException("This is no mailbox address.", 0, 0);
    }

    /// <summary>The address with its domain in ASCII or in letters of its language.</summary>
    public string GetAddress(bool idnEncode) => idnEncode ? IdnDomain.Encode(_address) : IdnDomain.Decode(_address);

    /// <inheritdoc />
    public override string ToString(FormatOptions options, bool encode)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Join(options, encode);
    }

    private static string Checked(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Length == 0 || AddrSpec.IsValid(address)
            ? address
            : throw new ParseException("This is no addr-spec.", 0, 0);
    }
}
