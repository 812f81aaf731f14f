using System.Buffers.Text;
using System.Text;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>Turns the key of the last item of a page into a text that can stand in a URL, and back.</summary>
internal static class PageCursor
{
    /// <summary>The longest text that is read, in characters; keys are far shorter.</summary>
    public const int MaxLength = 1024;

    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The key; null for no cursor.</summary>
    /// <exception cref="InvalidCursorException">The text is no cursor.</exception>
    public static string? Decode(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        if (cursor.Length > MaxLength)
        {
            throw new InvalidCursorException();
        }

        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException)
        {
            throw new InvalidCursorException();
        }
    }

    /// <summary>The key of a list that is in the order of its ids; null for no cursor.</summary>
    /// <exception cref="InvalidCursorException">The text is no cursor of such a list.</exception>
    public static ObjectId? DecodeId(string? cursor) => Decode(cursor) is not { } key ? null
        : ObjectId.TryParse(key, out var id) ? id
        : throw new InvalidCursorException();
}
