using System.Globalization;

namespace MimeKit.Parsing;

/// <summary>Domains in ASCII (RFC 5891) and back; what cannot be turned stays as it is.</summary>
internal static class IdnDomain
{
    private static readonly IdnMapping Mapping = new() { AllowUnassigned = true };

    public static string Encode(string address) => Turn(address, static domain => Mapping.GetAscii(domain));

    public static string Decode(string address) => Turn(address, static domain => Mapping.GetUnicode(domain));

    private static string Turn(string address, Func<string, string> turn)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || at == address.Length - 1 || address[at + 1] == '[')
        {
            return address;
        }

        try
        {
            return string.Concat(address.AsSpan(0, at + 1), turn(address[(at + 1)..]));
        }
        catch (ArgumentException)
        {
            return address;
        }
    }
}
