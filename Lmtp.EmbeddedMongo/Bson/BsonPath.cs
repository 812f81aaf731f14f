using System.Text;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>A dotted field path, split and encoded once.</summary>
internal sealed class BsonPath
{
    private readonly int[] _positions;

    private BsonPath(string text, byte[][] names, int[] positions)
    {
        Text = text;
        Names = names;
        _positions = positions;
    }

    /// <summary>The path as written.</summary>
    public string Text { get; }

    /// <summary>The names between the dots, UTF-8.</summary>
    public byte[][] Names { get; }

    /// <summary>Splits a path at its dots.</summary>
    /// <param name="text">The path, such as <c>metadata.addresses.type</c>.</param>
    public static BsonPath Parse(string text)
    {
        string[] parts = text.Split('.');
        return new BsonPath(text, Array.ConvertAll(parts, Encoding.UTF8.GetBytes), Array.ConvertAll(parts, ArrayPosition));
    }

    /// <summary>The array position that a name of the path can mean.</summary>
    /// <param name="depth">Which name.</param>
    /// <returns>The position, or -1 where the name is no decimal number without leading zeros.</returns>
    public int PositionAt(int depth) => _positions[depth];

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static int ArrayPosition(string name)
    {
        bool canonical = name is "0" || (name.Length is > 0 and < 10 && name[0] is >= '1' and <= '9');
        return canonical && name.AsSpan().ContainsAnyExceptInRange('0', '9') is false
            ? int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)
            : -1;
    }
}
