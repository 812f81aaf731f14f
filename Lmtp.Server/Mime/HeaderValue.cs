using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Lmtp.Server.Mime;

/// <summary>
/// The value of a header in <see cref="ParsedHeader"/>: one text, several texts, a value with parameters, or addresses.
/// </summary>
public sealed class HeaderValue
{
    private readonly object _value;

    internal HeaderValue(string text) => _value = text;

    internal HeaderValue(string[] texts) => _value = texts;

    internal HeaderValue(ParameterizedValue parameterized) => _value = parameterized;

    internal HeaderValue(IReadOnlyList<MailAddress> addresses) => _value = addresses;

    /// <summary>The texts in the order of the message; empty for the structured kinds.</summary>
    public ImmutableArray<string> Texts => _value switch
    {
        string text => [text],
        string[] texts => ImmutableCollectionsMarshal.AsImmutableArray(texts),
        _ => [],
    };

    /// <summary>Whether the texts are stored as an array, as they are when the field was repeated.</summary>
    public bool IsRepeated => _value is string[];

    /// <summary>Content-Type or Content-Disposition; else null.</summary>
    public ParameterizedValue? Parameterized => _value as ParameterizedValue?;

    /// <summary>The addresses of from, sender, reply-to, to, cc and bcc; else null.</summary>
    public IReadOnlyList<MailAddress>? Addresses => _value as IReadOnlyList<MailAddress>;

    /// <summary>The last text, or null for the structured kinds.</summary>
    public string? Last => _value as string ?? (_value as string[])?[^1];
}
