using System.Text;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>BSON values in the types that Node's driver would choose.</summary>
internal static class BsonText
{
    /// <summary>A string; halves of surrogate pairs, which UTF-8 cannot hold, become U+FFFD.</summary>
    public static BsonValue String(string text) => new BsonString(WellFormed(text));

    /// <summary>An int32 where the number fits, else a double.</summary>
    public static BsonValue Number(long number) =>
        number is >= int.MinValue and <= int.MaxValue ? new BsonInt32((int)number) : new BsonDouble(number);

    /// <summary>The UTF-8 bytes of a text as binary.</summary>
    public static BsonValue Utf8(string text) => new BsonBinaryData(Encoding.UTF8.GetBytes(text));

    internal static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return text;
        }

        var wellFormed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            wellFormed.Append(rune.ToString());
        }

        return wellFormed.ToString();
    }
}
