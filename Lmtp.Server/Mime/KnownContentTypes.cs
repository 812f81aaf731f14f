using System.Collections.Frozen;

namespace Lmtp.Server.Mime;

/// <summary>Content types that are written the same way in most messages: parsed once for all of them.</summary>
internal static class KnownContentTypes
{
    private static readonly string[] Charsets =
        ["utf-8", "UTF-8", "\"utf-8\"", "\"UTF-8\"", "us-ascii", "US-ASCII", "iso-8859-1", "ISO-8859-1", "\"iso-8859-1\"", "windows-1252"];

    private static readonly FrozenDictionary<string, ParameterizedValue> Values = Create();

    private static readonly FrozenDictionary<string, ParameterizedValue>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Values.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The parsed value, which nobody may change; null when it is not a known one.</summary>
    public static ParameterizedValue? Find(ReadOnlySpan<char> text) => Lookup.TryGetValue(text, out var value) ? value : null;

    private static FrozenDictionary<string, ParameterizedValue> Create()
    {
        string[] plain = ["text/plain", "text/html"];
        var texts = plain
            .Concat(plain.SelectMany(static type => Charsets.Select(charset => $"{type}; charset={charset}")))
            .Concat(["message/rfc822", "message/delivery-status", "application/octet-stream", "application/pdf", "image/png", "image/jpeg"]);
        return texts.ToFrozenDictionary(static text => text, static text => ParameterizedValue.Parse(text));
    }
}
