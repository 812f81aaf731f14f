using System.Buffers;

namespace MimeKit.Parsing;

/// <summary>An address that has been checked: <c>local@domain</c>, or a local part alone.</summary>
internal readonly record struct AddrSpec(string Text)
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>@,;:\\\"[] ");
    private static readonly SearchValues<char> LiteralSpecials = SearchValues.Create("[]\\ \r\n\t");

    public static bool IsValid(string address)
    {
        var at = address.LastIndexOf('@');
        var local = at < 0 ? address : address[..at];
        return IsLocalPart(local) && (at < 0 || IsDomain(address.AsSpan(at + 1)));
    }

    private static bool IsLocalPart(string local)
    {
        if (local is ['"', .., '"'] && local.Length > 1)
        {
            return IsQuoted(local.AsSpan(1, local.Length - 2));
        }

        return local.Length > 0 && !local.AsSpan().ContainsAny(Specials) && !local.Any(char.IsControl);
    }

    private static bool IsQuoted(ReadOnlySpan<char> inner)
    {
        for (var i = 0; i < inner.Length; i++)
        {
            if (char.IsControl(inner[i]) || inner[i] == '"')
            {
                return false;
            }

            if (inner[i] == '\\' && ++i == inner.Length)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain is ['[', .., ']'])
        {
            return !domain[1..^1].ContainsAny(LiteralSpecials);
        }

        if (domain.IsEmpty || domain[0] == '.' || domain[^1] == '.')
        {
            return false;
        }

        if (domain.ContainsAny(Specials))
        {
            return false;
        }

        foreach (var character in domain)
        {
            if (char.IsControl(character))
            {
                return false;
            }
        }

        return true;
    }
}
