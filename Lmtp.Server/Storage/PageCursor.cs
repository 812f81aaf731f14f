using System.Buffers.Text;
using System.Text;

namespace Lmtp.Server.Storage;

/// <summary>Turns the key of the last item of a page into a text that can stand in a URL, and back.</summary>
internal static class PageCursor
{
    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The key; null for no cursor and for a text that is none.</summary>
    public static string? Decode(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
