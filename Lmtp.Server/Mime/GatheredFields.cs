using System.Runtime.InteropServices;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>The texts of header fields by name, from the last field to the first.</summary>
internal sealed class GatheredFields
{
    /// <summary>Names of this length, and longer ones, are left out.</summary>
    public const int MaxNameLength = 100;

    private const int MaxSearched = 24;

    private readonly List<GatheredField> _fields;
    private Dictionary<string, int>? _positions;

    public GatheredFields(IReadOnlyList<HeaderField> fields)
    {
        _fields = new List<GatheredField>(Math.Min(fields.Count, MaxSearched) + 1);
        Span<char> name = stackalloc char[MaxNameLength];
        for (var index = fields.Count - 1; index >= 0; index--)
        {
            var field = fields[index];
            field.Split(out var fieldName, out var value);
            if (fieldName.Length < MaxNameLength && HeaderName.IsOrdinary(fieldName))
            {
                Ascii.ToLower(fieldName, name, out var length);
                Add(name[..length], value);
            }
        }
    }

    public ReadOnlySpan<GatheredField> Fields => CollectionsMarshal.AsSpan(_fields);

    /// <summary>A name that every ECMAScript object has already counts as repeated from the first time on.</summary>
    public static bool IsObjectProperty(ReadOnlySpan<char> name) => name is "constructor";

    private void Add(ReadOnlySpan<char> name, ReadOnlySpan<byte> value)
    {
        var text = HeaderText.Decode(value);
        var position = Find(name);
        if (position >= 0)
        {
            // Only the value met first is unfolded; that is how WildDuck stores repeated fields.
            ref var field = ref CollectionsMarshal.AsSpan(_fields)[position];
            (field.Earlier ??= []).Add(text);
            return;
        }

        var known = KnownTexts.Get(name);
        _positions?.Add(known, _fields.Count);
        _fields.Add(new GatheredField { Name = known, Last = IsObjectProperty(name) ? text : HeaderText.Unfold(text) });
    }

    private int Find(ReadOnlySpan<char> name)
    {
        if (_positions is null && _fields.Count > MaxSearched)
        {
            _positions = new Dictionary<string, int>(_fields.Count * 2);
            for (var index = 0; index < _fields.Count; index++)
            {
                _positions.Add(_fields[index].Name, index);
            }
        }

        if (_positions is not null)
        {
            return _positions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var position) ? position : -1;
        }

        var fields = Fields;
        for (var index = 0; index < fields.Length; index++)
        {
            if (name.SequenceEqual(fields[index].Name))
            {
                return index;
            }
        }

        return -1;
    }
}
