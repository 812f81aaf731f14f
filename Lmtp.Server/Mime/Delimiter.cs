using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>The delimiter lines of a multipart: two hyphens and its boundary, and two more hyphens at the end.</summary>
internal sealed class Delimiter
{
    // What nodes leave to those that come next is no larger.
    private const int MaxKept = 256;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>The line before each part.</summary>
    public ReadOnlySpan<byte> Open => _bytes.AsSpan(0, _length - 2);

    /// <summary>The line behind the last part.</summary>
    public ReadOnlySpan<byte> Close => _bytes.AsSpan(0, _length);

    /// <summary>The <see cref="Hash"/> of <see cref="Open"/>.</summary>
    public int OpenHash => Hash(Open);

    /// <summary>The <see cref="Hash"/> of <see cref="Close"/>.</summary>
    public int CloseHash => Hash(Close);

    /// <summary>Becomes the delimiter of a boundary; false when no line can match.</summary>
    /// <param name="boundary">The boundary; empty for none.</param>
    public bool TrySet(ReadOnlySpan<char> boundary)
    {
        // Lines are bytes and the boundary was decoded as UTF-8: beyond U+00FF nothing can match any more.
        if (boundary.IsEmpty || boundary.ContainsAnyExceptInRange('\0', '\u00ff'))
        {
            return false;
        }

        _length = boundary.Length + 4;
        if (_bytes.Length < _length || _bytes.Length > MaxKept)
        {
            _bytes = new byte[Math.Max(_length, 64)];
        }

        "--"u8.CopyTo(_bytes);
        Encoding.Latin1.GetBytes(boundary, _bytes.AsSpan(2));
        "--"u8.CopyTo(_bytes.AsSpan(_length - 2));
        return true;
    }

    /// <summary>A number for a line, different in every process, so that nobody can send lines that collide.</summary>
    public static int Hash(ReadOnlySpan<byte> line)
    {
        var hash = new HashCode();
        hash.AddBytes(line);
        return hash.ToHashCode();
    }
}
