using System.Collections.Immutable;

namespace Lmtp.Server.Mime;

/// <summary>
/// The value of a header in <see cref="ParsedHeader"/>: one text, several texts, a value with parameters, or addresses.
/// </summary>
public sealed class HeaderValue
{
    internal HeaderValue(string text) => Texts = [text];

    internal HeaderValue(ImmutableArray<string> texts)
    {
        Texts = texts;
        IsRepeated = true;
    }

    internal HeaderValue(ParameterizedValue parameterized) => Parameterized = parameterized;

    internal HeaderValue(IReadOnlyList<MailAddress> addresses) => Addresses = addresses;

    /// <summary>The texts in the order of the message; empty for the structured kinds.</summary>
    public ImmutableArray<string> Texts { get; } = [];

    /// <summary>Whether the texts are stored as an array, as they are when the field was repeated.</summary>
    public bool IsRepeated { get; }

    /// <summary>Content-Type or Content-Disposition; else null.</summary>
    public ParameterizedValue? Parameterized { get; }

    /// <summary>The addresses of from, sender, reply-to, to, cc and bcc; else null.</summary>
    public IReadOnlyList<MailAddress>? Addresses { get; }

    /// <summary>The last text, or null for the structured kinds.</summary>
    public string? Last => Texts.Length == 0 ? null : Texts[^1];
}
