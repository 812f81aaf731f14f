using System.Collections.Frozen;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>File name extensions by media type.</summary>
internal static class MediaTypes
{
    private static readonly FrozenDictionary<string, string> Extensions = MimeData.Pairs("media-type-extensions");

    /// <summary>The extension, without a dot, for a media type in lower case; <c>bin</c> when none is known.</summary>
    public static string Extension(string mediaType)
    {
        var name = new StringBuilder(mediaType.Length);
        foreach (var character in mediaType)
        {
            if (!Whitespace.Is(character))
            {
                name.Append(character);
            }
        }

        return Extensions.GetValueOrDefault(name.ToString(), "bin");
    }
}
