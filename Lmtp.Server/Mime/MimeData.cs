using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>The tables that come with the assembly, one text file each.</summary>
internal static class MimeData
{
    /// <summary>The lines of a table.</summary>
    /// <param name="name">The file name without its ending.</param>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(MimeData).Assembly.GetManifestResourceStream($"Lmtp.Server.Mime.Data.{name}.txt")
            ?? throw new InvalidOperationException($"The table {name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>A table of lines of two words each.</summary>
    public static FrozenDictionary<string, string> Pairs(string name) =>
        Lines(name)
            .Select(static line => line.Split(' ', 2))
            .ToFrozenDictionary(static pair => pair[0], static pair => pair[1]);

    /// <summary>Text from the hexadecimal digits of its UTF-16 units, four each.</summary>
    public static string FromUnits(string digits) =>
        string.Create(digits.Length / 4, digits, static (units, digits) =>
        {
            for (var index = 0; index < units.Length; index++)
            {
                units[index] = (char)ushort.Parse(digits.AsSpan(index * 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }
        });
}
