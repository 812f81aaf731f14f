using System.Globalization;
using System.Text;

namespace Lmtp.Server.Storage;

/// <summary>The forms in which an address is stored and looked up. Specification section 4.1.</summary>
public static class MailAddressNormalizer
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <summary>Lower case, NFC local part, Unicode domain; dots and the tag are kept.</summary>
    public static string Normalize(string address) => Normalize(address, removeTag: false, removeDots: false);

    /// <summary>The form of <see cref="Normalize(string)"/> without the tag: what an address may be created as.</summary>
    public static string WithoutTag(string address) => Normalize(address, removeTag: true, removeDots: false);

    /// <summary>The form without tag and dots, under which an address is found in <c>addresses.addrview</c>.</summary>
    public static string ForLookup(string address) => Normalize(address, removeTag: true, removeDots: true);

    /// <summary>The unique key of a user name or address: lower case, no dots before the first <c>@</c>.</summary>
    public static string ToView(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return at < 0
            ? EcmaScriptText.ToLower(WithoutDots(value))
            : EcmaScriptText.ToLower(WithoutDots(value[..at]) + value[at..]);
    }

    /// <summary>Lower case, trimmed, punycode labels decoded.</summary>
    public static string NormalizeDomain(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var lower = EcmaScriptText.ToLower(domain).Trim();
        if (!lower.Contains("xn--", StringComparison.Ordinal))
        {
            return lower;
        }

        try
        {
            var labels = lower.Split('.');
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = DecodeLabel(labels[i]);
            }

            return EcmaScriptText.ToLower(string.Join('.', labels).Normalize(NormalizationForm.FormC)).Trim();
        }
        catch (ArgumentException)
        {
            return lower;
        }
    }

    private static string DecodeLabel(string label) =>
        label.StartsWith("xn--", StringComparison.Ordinal) ? Idn.GetUnicode(label) : label;

    private static string Normalize(string address, bool removeTag, bool removeDots)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Length == 0)
        {
            return string.Empty;
        }

        var at = address.LastIndexOf('@');
        var local = EcmaScriptText.ToLower(ComposedOrAsIs(address[..Math.Max(at, 0)])).Trim();
        if (removeTag)
        {
            local = RemoveTag(local);
        }

        if (removeDots)
        {
            local = WithoutDots(local);
        }

        return $"{local}@{NormalizeDomain(address[(at + 1)..])}";
    }

    // The tag begins at the first '+' that no '@' follows: a quoted local part may hold one.
    private static string RemoveTag(string local)
    {
        var plus = local.IndexOf('+', local.LastIndexOf('@') + 1);
        return plus < 0 ? local : local[..plus];
    }

    private static string WithoutDots(string value) =>
        value.Contains('.', StringComparison.Ordinal) ? value.Replace(".", string.Empty, StringComparison.Ordinal) : value;

    // Lone surrogates cannot be composed; they stay what they are.
    private static string ComposedOrAsIs(string value)
    {
        try
        {
            return value.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return value;
        }
    }
}
