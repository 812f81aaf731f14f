using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Query.Projections;

/// <summary>
/// A projection that only keeps or drops fields. It copies bytes from document to document, so that what is left out, which
/// may be most of a large document, is neither decoded nor looked at. Not thread-safe.
/// </summary>
internal sealed class RawProjection
{
    private const int LengthSize = 4;

    private readonly Field _root;
    private readonly bool _isInclusion;
    private readonly ByteBuffer _buffer = new();

    private RawProjection(Field root, bool isInclusion)
    {
        _root = root;
        _isInclusion = isInclusion;
    }

    /// <summary>Compiles a projection.</summary>
    /// <param name="root">The projection's fields.</param>
    /// <param name="isInclusion">Whether fields that are not named are left out.</param>
    /// <returns>The projection; null where it makes values, or takes parts of arrays.</returns>
    public static RawProjection? TryCompile(ProjectionNode root, bool isInclusion) =>
        IsPlain(root) ? new RawProjection(Field.Of(string.Empty, root), isInclusion) : null;

    /// <summary>Makes the projected document.</summary>
    /// <param name="document">The whole document, BSON.</param>
    /// <returns>The projected document, BSON.</returns>
    public byte[] Apply(ReadOnlySpan<byte> document)
    {
        _buffer.Truncate(0);
        CopyFields(new BsonSlice(document), _root);
        return _buffer.ToArray();
    }

    private static bool IsPlain(ProjectionNode node) => node.Kind switch
    {
        ProjectionKind.Include or ProjectionKind.Exclude => true,
        ProjectionKind.Nested => node.Children.Values.All(IsPlain),
        _ => false,
    };

    private void CopyFields(BsonSlice document, Field node)
    {
        var start = Open();
        foreach (var element in document)
        {
            var field = node.Find(element.Name);
            if (field is null ? !_isInclusion : IsKept(field, element.Value))
            {
                CopyValue(element.Name, element.Value, field);
            }
        }

        Close(start);
    }

    // The fields are those of the array's documents; what else is in it has none of them.
    private void CopyElements(BsonSlice array, Field node)
    {
        Span<byte> name = stackalloc byte[10];
        var start = Open();
        var index = 0;
        foreach (var element in array)
        {
            if (IsKept(node, element.Value))
            {
                index.TryFormat(name, out var digits, default, CultureInfo.InvariantCulture);
                CopyValue(name[..digits], element.Value, node);
                index++;
            }
        }

        Close(start);
    }

    private bool IsKept(Field field, BsonValueSlice value) => field.Kind switch
    {
        ProjectionKind.Include => true,
        ProjectionKind.Exclude => false,
        _ => !_isInclusion || value.Type is BsonType.Document or BsonType.Array,
    };

    private void CopyValue(ReadOnlySpan<byte> name, BsonValueSlice value, Field? field)
    {
        _buffer.Append((byte)value.Type);
        _buffer.Append(name);
        _buffer.Append(0);
        if (field is { Kind: ProjectionKind.Nested } && value.Type == BsonType.Document)
        {
            CopyFields(value.AsDocument, field);
        }
        else if (field is { Kind: ProjectionKind.Nested } && value.Type == BsonType.Array)
        {
            CopyElements(value.AsDocument, field);
        }
        else
        {
            _buffer.Append(value.Bytes);
        }
    }

    private int Open()
    {
        var start = _buffer.Length;
        _buffer.Reserve(LengthSize);
        return start;
    }

    private void Close(int start)
    {
        _buffer.Append(0);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.WritableSpan[start..], _buffer.Length - start);
    }

    private sealed class Field(byte[] name, ProjectionKind kind, Field[] children)
    {
        public ProjectionKind Kind => kind;

        public static Field Of(string name, ProjectionNode node) => new(
            Encoding.UTF8.GetBytes(name), node.Kind, [.. node.Children.Select(child => Of(child.Key, child.Value))]);

        public Field? Find(ReadOnlySpan<byte> wanted)
        {
            foreach (var child in children)
            {
                if (wanted.SequenceEqual(child.Name))
                {
                    return child;
                }
            }

            return null;
        }

        private ReadOnlySpan<byte> Name => name;
    }
}
