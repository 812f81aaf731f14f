using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>The delimiter lines of a multipart: two hyphens and its boundary, and two more hyphens at the end.</summary>
internal sealed class Delimiter
{
    private readonly byte[] _bytes;

    private Delimiter(string boundary)
    {
        _bytes = Encoding.Latin1.GetBytes($"--{boundary}--");
        OpenHash = Hash(Open);
        CloseHash = Hash(_bytes);
    }

    /// <summary>The line before each part.</summary>
    public ReadOnlySpan<byte> Open => _bytes.AsSpan(0, _bytes.Length - 2);

    /// <summary>The line behind the last part.</summary>
    public ReadOnlySpan<byte> Close => _bytes;

    /// <summary>The <see cref="Hash"/> of <see cref="Open"/>.</summary>
    public int OpenHash { get; }

    /// <summary>The <see cref="Hash"/> of <see cref="Close"/>.</summary>
    public int CloseHash { get; }

    /// <summary>The delimiter of a boundary, or null when no line can match.</summary>
    public static Delimiter? Create(string? boundary) =>

        // Lines are bytes and the boundary was decoded as UTF-8: beyond U+00FF nothing can match any more.
        boundary is null || boundary.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff') ? null : new Delimiter(boundary);

    /// <summary>A number for a line, different in every process, so that nobody can send lines that collide.</summary>
    public static int Hash(ReadOnlySpan<byte> line)
    {
        var hash = new HashCode();
        hash.AddBytes(line);
        return hash.ToHashCode();
    }
}
