using System.Text;
using Lmtp.Server.Mime;

namespace Lmtp.Server.Filters;

/// <summary>The header fields of a message by name. A value is decoded when it is asked for, and once.</summary>
/// <param name="fields">The fields in the order of the message.</param>
public sealed class FilterHeaders(IReadOnlyList<HeaderField> fields)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);

    /// <summary>No header fields.</summary>
    public static FilterHeaders Empty => new([]);

    /// <summary>The values of a field: unfolded, encoded words decoded, in the order of the message.</summary>
    /// <param name="name">The name in ASCII, lower case.</param>
    public IReadOnlyList<string> Values(string name)
    {
        if (_values.TryGetValue(name, out var known))
        {
            return known;
        }

        var key = Encoding.ASCII.GetBytes(name);
        var values = new List<string>();
        for (var index = 0; index < fields.Count; index++)
        {
            if (fields[index].HasName(key))
            {
                values.Add(EncodedWords.Decode(HeaderText.Unfold(HeaderText.Decode(fields[index].Value))));
            }
        }

        return _values[name] = values;
    }
}
