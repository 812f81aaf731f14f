using System.Collections.Frozen;

namespace Lmtp.Server.Mime;

/// <summary>File name extensions by media type.</summary>
internal static class MediaTypes
{
    private const string Unknown = "bin";

    // No media type that is known is as long as this.
    private const int MaxLength = 128;

    private static readonly FrozenDictionary<string, string> Extensions = MimeData.Pairs("media-type-extensions");

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Extensions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The extension, without a dot, for a media type in lower case; <c>bin</c> when none is known.</summary>
    public static string Extension(string mediaType)
    {
        Span<char> name = stackalloc char[MaxLength];
        var length = 0;
        foreach (var character in mediaType)
        {
            if (Whitespace.Is(character))
            {
                continue;
            }

            if (length == name.Length)
            {
                return Unknown;
            }

            name[length++] = character;
        }

        return Lookup.TryGetValue(name[..length], out var extension) ? extension : Unknown;
    }
}
