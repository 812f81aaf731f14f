using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Keeps the strings of names that were read lately, because documents of a collection repeat them.</summary>
internal static class ElementNames
{
    private const int Slots = 2048;
    private const int MaxLength = 40;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A slot is replaced as a whole, so threads may race without harm.
    private static readonly Entry[] Cache = new Entry[Slots];

    public static string Get(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxLength)
        {
            return StrictUtf8.GetString(name);
        }

        ref var slot = ref Cache[SlotOf(name)];
        var entry = Volatile.Read(ref slot);
        if (entry is not null && name.SequenceEqual(entry.Bytes))
        {
            return entry.Name;
        }

        var text = StrictUtf8.GetString(name);
        Volatile.Write(ref slot, new Entry(name.ToArray(), text));
        return text;
    }

    private static int SlotOf(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var value in name)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) % Slots);
    }

    private sealed record Entry(byte[] Bytes, string Name);
}
