using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Text;
using MimeKit.Parsing;

namespace MimeKit.Utils;

/// <summary>Small helps around MIME.</summary>
public static class MimeUtils
{
    private const int IdBytes = 16;

    /// <summary>A new message id, without angle brackets, of that domain.</summary>
    public static string GenerateMessageId(string domain)
    {
        ArgumentException.ThrowIfNullOrEmpty(domain);
        var unique = Convert.ToHexString(RandomNumberGenerator.GetBytes(IdBytes));
        return IdnDomain.Encode($"{unique}@{domain}");
    }

    /// <summary>A new message id, without angle brackets, of this machine.</summary>
    public static string GenerateMessageId()
    {
        var properties = IPGlobalProperties.GetIPGlobalProperties();
        return GenerateMessageId(string.IsNullOrEmpty(properties.HostName) ? "localhost" : properties.HostName.ToLowerInvariant());
    }

    /// <summary>The message ids of a References or In-Reply-To field.</summary>
    public static IEnumerable<string> EnumerateReferences(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var position = 0;
        while (text.IndexOf('<', position) is var open and >= 0 && text.IndexOf('>', open) is var close and >= 0)
        {
            if (ParseMessageId(text[open..(close + 1)]) is { } id)
            {
                yield return id;
            }

            position = close + 1;
        }
    }

    /// <summary>The first message id of a text, without angle brackets; null when there is none.</summary>
    public static string? ParseMessageId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var open = text.IndexOf('<', StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf('>', open);
        var inner = open < 0 ? text : close < 0 ? text[(open + 1)..] : text[(open + 1)..close];
        var id = string.Concat(inner.Where(static character => !char.IsWhiteSpace(character) && !char.IsControl(character) && character is not ('<' or '>')));
        return id.Length == 0 ? null : id;
    }

    /// <summary>A quoted string of RFC 5322.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            if (character is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}
